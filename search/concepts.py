"""Words of the congress in its languages, so that what is written in one is found in another."""

from collections.abc import Iterable

from search.languages import stems
from search.words import folded, pieces

LANGUAGES = ("en", "es", "ca", "fr", "pt")
# One word each, several with a comma: English | Spanish | Catalan | French | Portuguese | Chinese | Arabic
TABLE = """
mobility | movilidad | mobilitat | mobilité | mobilidade | 出行, 移动 | التنقل
transport, transit | transporte | transport | transport, transports | transporte | 交通, 运输 | النقل, المواصلات
tram, tramway, streetcar | tranvía | tramvia | tramway | bonde | 电车 | ترام
bus | autobús | autobús | autobus | ônibus, autocarro | 公交, 巴士 | حافلة, الحافلات
bicycle, bike, cycling | bicicleta | bicicleta | vélo, bicyclette | bicicleta | 自行车, 单车 | دراجة, الدراجات
pedestrian, walking | peatón, peatonal | vianant | piéton | pedestre, peões | 步行, 行人 | المشاة
street | calle | carrer | rue | rua | 街道 | شارع, الشوارع
water | agua | aigua | eau | água | 水 | المياه, ماء
flood | inundación | inundació | inondation | enchente, inundação | 洪水, 内涝 | فيضان, الفيضانات
drought | sequía | sequera | sécheresse | seca | 干旱 | الجفاف
river | río | riu | fleuve, rivière | rio | 河流 | نهر
rain | lluvia | pluja | pluie | chuva | 雨水, 降雨 | مطر, الأمطار
energy | energía | energia | énergie | energia | 能源 | الطاقة
solar | solar | solar | solaire | solar | 太阳能 | شمسية
heat, warmth | calor | calor | chaleur | calor | 高温, 供热 | الحرارة
lighting, streetlight | alumbrado, iluminación | enllumenat | éclairage | iluminação | 照明, 路灯 | إنارة, الإضاءة
building | edificio | edifici | bâtiment | edifício, prédio | 建筑 | مبنى, المباني
housing, dwelling | vivienda | habitatge | logement | habitação, moradia | 住房 | السكن, الإسكان
waste, rubbish, garbage | residuos, basura | residus, escombraries | déchets | resíduos, lixo | 垃圾, 废物 | النفايات
recycling | reciclaje | reciclatge | recyclage | reciclagem | 回收 | التدوير
compost | compost | compost | compostage, compost | compostagem | 堆肥 | سماد
air | aire | aire | air | ar | 空气 | الهواء
pollution | contaminación | contaminació | pollution | poluição | 污染 | التلوث
noise | ruido | soroll | bruit | ruído | 噪音, 噪声 | الضوضاء
climate | clima | clima | climat | clima | 气候 | المناخ
tree | árbol | arbre | arbre | árvore | 树木 | شجرة, الأشجار
park | parque | parc | parc | parque | 公园 | حديقة, الحدائق
nature, green | naturaleza, verde | natura, verd | nature, vert | natureza, verde | 自然, 绿色 | الطبيعة, الخضراء
health | salud | salut | santé | saúde | 健康, 医疗 | الصحة
care | cuidados | cures | soins | cuidados | 照护 | الرعاية
school | escuela | escola | école | escola | 学校 | مدرسة, المدارس
education | educación | educació | éducation | educação | 教育 | التعليم
children, child | niños, infancia | infants, infància | enfants, enfance | crianças, infância | 儿童 | الأطفال
youth, young | jóvenes, juventud | joves, joventut | jeunes, jeunesse | jovens, juventude | 青年 | الشباب
women, woman, gender | mujeres, género | dones, gènere | femmes, genre | mulheres, gênero | 妇女, 女性 | المرأة, النساء
elderly, ageing | mayores | grans | aînés | idosos | 老人, 养老 | المسنين
safety, security | seguridad | seguretat | sécurité | segurança | 安全 | السلامة, الأمن
resilience | resiliencia | resiliència | résilience | resiliência | 韧性 | الصمود, المرونة
emergency | emergencia | emergència | urgence | emergência | 应急 | الطوارئ
fire | incendio | incendi | incendie | incêndio | 火灾, 消防 | حريق
data | datos | dades | données | dados | 数据 | البيانات
digital | digital | digital | numérique | digital | 数字 | الرقمية, الرقمي
sensor | sensor | sensor | capteur | sensor | 传感器 | مستشعر, أجهزة
twin | gemelo | bessó | jumeau | gêmeo | 孪生 | التوأم
privacy | privacidad | privacitat | confidentialité | privacidade | 隐私 | الخصوصية
participation | participación | participació | participation | participação | 参与 | المشاركة
budget | presupuesto | pressupost | budget | orçamento | 预算 | الميزانية
governance | gobernanza | governança | gouvernance | governança | 治理 | الحوكمة
citizen, resident | ciudadanía | ciutadania, ciutadà | citoyen | cidadão, cidadania | 市民, 居民 | المواطن
city, urban | ciudad, urbano | ciutat, urbà | ville, urbain | cidade, urbano | 城市 | المدينة, المدن
smart | inteligente | intel·ligent | intelligent | inteligente | 智慧, 智能 | الذكية, الذكي
neighbourhood, neighborhood | barrio | barri | quartier | bairro | 社区, 街区 | الحي, الأحياء
economy | economía | economia | économie | economia | 经济 | الاقتصاد
employment, jobs | empleo | ocupació | emploi | emprego | 就业 | العمل, التوظيف
market | mercado | mercat | marché | mercado | 市场 | سوق, السوق
culture | cultura | cultura | culture | cultura | 文化 | الثقافة
library | biblioteca | biblioteca | bibliothèque | biblioteca | 图书馆 | المكتبة
heritage | patrimonio | patrimoni | patrimoine | patrimônio | 遗产 | التراث
tourism | turismo | turisme | tourisme | turismo | 旅游 | السياحة
parking | aparcamiento | aparcament | stationnement | estacionamento | 停车 | مواقف
traffic | tráfico | trànsit | circulation | trânsito | 车流 | المرور
port, harbour | puerto | port | port | porto | 港口 | الميناء
food | alimentos, alimentación | aliments, alimentació | alimentation | alimentos, alimentação | 食品, 粮食 | الغذاء
""".strip()


def _read() -> tuple[dict[str, str], dict[str, str]]:
    """Word or stem -> token, and run of letters -> token. Of a word with two meanings the first counts."""
    words: dict[str, str] = {}
    runs: dict[str, str] = {}
    for number, line in enumerate(TABLE.splitlines()):
        token = f"0{number:02}x"  # no text has such a word
        for place, cell in enumerate(line.split("|")):
            for term in cell.split(","):
                for piece in pieces(term):
                    for part in folded(piece.text):
                        known = runs if piece.is_run else words
                        spoken = LANGUAGES[place : place + 1] or ("en",)
                        for each in {part} | (set() if piece.is_run else stems(piece.text, spoken)):
                            known.setdefault(each, token)
    return words, runs


WORDS, RUNS = _read()


def of_words(words: Iterable[str]) -> set[str]:
    """The tokens of what these folded words and stems mean."""
    return {WORDS[word] for word in words if word in WORDS}


def of_run(run: str) -> set[str]:
    """The tokens of what is spoken of in a folded run without spaces."""
    return {token for word, token in RUNS.items() if word in run}
