"""What the written list of searches is asked: things in seven languages, and the searches with their first result."""

from datetime import timedelta

from django.utils import timezone

from cities.models import Case, City, Level, Organisation, Solution, Tool
from cities.tags import tags_of
from collaboration.models import Commitment, Party, State, Version
from expo.models import Exhibitor
from sessions.models import Edition, HostCity, Session, Speaker, Stage, Theme

CITIES = [
    ("Barcelona", "Spain", "A city between the sea and the hills, with superblocks."),
    ("Curitiba", "Brazil", "Cidade dos ônibus expressos e dos parques contra enchentes."),
    ("上海", "China", "智慧城市与可持续交通的先行者。"),
    ("臺北", "臺灣", "捷運與單車的城市。"),
    ("Medellín", "Colombia", "Corredores verdes y teleféricos que unen los barrios."),
    ("الدوحة", "Qatar", "مدينة تستثمر في التنقل المستدام والطاقة الشمسية."),
    ("Montréal", "Canada", "Une ville d'hiver où l'on marche, avec le réseau souterrain."),
]
# language, city, title, problem, done, themes
CASES = [
    (
        "en",
        "Barcelona",
        "Nine blocks, one square",
        "Through traffic filled streets.",
        "Streets were closed.",
        "mobility",
    ),
    ("en", "Barcelona", "Sensors that listen to the drains", "Leaks in pipes.", "Cheap sensors in sewers.", "water"),
    (
        "ca",
        "Barcelona",
        "Edificis intel·ligents que gestionen l'energia",
        "Les escoles gastaven massa.",
        "Comptadors i plaques als terrats.",
        "energy",
    ),
    ("ca", "Barcelona", "Compostatge als barris", "Massa residus al contenidor.", "Cada veí composta.", "waste"),
    ("es", "Medellín", "Corredores verdes contra el calor", "Las calles ardían.", "Se plantaron árboles.", "nature"),
    (
        "es",
        "Medellín",
        "Gestión del agua de lluvia en las laderas",
        "Inundaciones cada abril.",
        "Zanjas y jardines de lluvia.",
        "water",
    ),
    (
        "es",
        "Medellín",
        "Presupuesto participativo para jóvenes",
        "Nadie les preguntaba.",
        "Votaron proyectos.",
        "governance",
    ),
    ("fr", "Montréal", "Les ruelles vertes", "L'îlot de chaleur.", "Les habitants ont planté les ruelles.", "nature"),
    (
        "fr",
        "Montréal",
        "Déneigement piloté par les données",
        "La neige bloquait les bus.",
        "Des capteurs sur les camions.",
        "digital",
    ),
    (
        "pt",
        "Curitiba",
        "Ônibus elétricos na linha verde",
        "Ar poluído no centro.",
        "Frota trocada em 36 meses.",
        "mobility",
    ),
    ("pt", "Curitiba", "Hortas urbanas em terrenos vazios", "Lixo em lotes.", "Moradores plantam.", "nature"),
    ("zh", "上海", "社区垃圾分类", "混合垃圾太多。", "居民每天分类投放。", "waste"),
    ("zh", "上海", "智慧停车与交通数据", "找车位的车堵住街道。", "路侧传感器与手机应用。", "mobility"),
    ("zh", "上海", "老人社区照护", "独居老人增多。", "志愿者每天上门。", "health"),
    ("zh", "臺北", "河岸濕地公園", "雨後積水。", "還給河流空間。", "nature"),
    ("ar", "الدوحة", "تظليل الشوارع للمشاة", "الحرارة تمنع المشي.", "مظلات وأشجار على الطرق.", "nature"),
    ("ar", "الدوحة", "إعادة استخدام المياه في الحدائق", "نقص المياه.", "شبكة للمياه المعالجة.", "water"),
    (
        "en",
        "Medellín",
        "Cable cars that children take to school",
        "Two hours on foot.",
        "A line up the hill.",
        "mobility",
    ),
    ("en", "Curitiba", "Flood parks along the river", "Floods each summer.", "Parks that may drown.", "water"),
]
TOOLS = [
    ("Street trial handbook", "How to close a street with paint before building anything."),
    ("Open water meter format", "A format for data of meters, with tests."),
    ("Guía de participación ciudadana", "Cómo invitar a quienes nunca vienen."),
]
SOLUTIONS = [
    ("AquaNode", "Our node finds leaks in water pipes by sound."),
    ("LumenGrid", "Street lighting that dims when nobody walks by."),
    ("ParkPilot", "Parking guidance by cameras."),
]
# kind, name, country, website
ORGANISATIONS = [
    ("university", "Universitat del Litoral", "Spain", "https://litoral.example.org/"),
    ("institution", "Fundação Rios Vivos", "Brazil", ""),
    ("government", "國家發展委員會", "臺灣", ""),
]
# title, measure, today, target, milestones, number of the organisation
COMMITMENTS = [
    ("Shade on every way to school", "Schools with a shaded walk", "31 of 212", "150 of 212", ["Half of them"], 0),
    ("Rios limpos para todos", "Trechos com água limpa", "4", "40", ["Dez afluentes"], 1),
]
EXHIBITORS = [
    ("Nordic Heat Pumps", "Warmth from sewage", "company", "Sweden"),
    ("Ville de Lyon", "La ville qui respire", "city", "France"),
    ("Ｗｉｄｅ Ｗｏｒｋｓ", "Names of full width", "startup", "Japan"),
]
# title, abstract, theme, speakers
SESSIONS = [
    (
        "Tramways without wires",
        "<p>Batteries &amp; supercapacitors on the line.</p>",
        "mobility",
        ["Núria Puigdomènech"],
    ),
    ("Who owns the data of a city?", "<p>Privacy by design.</p>", "digital", ["Łukasz Øberg", "李明"]),
    (
        "Inteligencia artificial en la gestión de residuos",
        "<p>Basura que se clasifica sola.</p>",
        "waste",
        ["Ana Souza"],
    ),
    ("Ciutats que cuiden", "<p>Cures, salut i envelliment.</p>", "health", ["Marta Solé"]),
    ("Resilience after the fire", "<p>Emergency rooms for a whole region.</p>", "safety", ["Kofi Mensah"]),
    ("智慧城市与可持续交通", "<p>十五分钟生活圈。</p>", "mobility", ["李明"]),
]
# By language; typed, the title of the first result
QUESTIONS = {
    "en": [
        ("barcelona", "Barcelona"),
        ("street trial", "Street trial handbook"),
        ("sensors drains", "Sensors that listen to the drains"),
        ("tramway", "Tramways without wires"),
        ("flood park", "Flood parks along the river"),
        ("flooding parks", "Flood parks along the river"),
        ("cable car", "Cable cars that children take to school"),
        ("resil", "Resilience after the fire"),
        ("data city", "Who owns the data of a city?"),
        ("NORDIC heat pump", "Nordic Heat Pumps"),
        ("oberg", "Łukasz Øberg"),
        ("wide works", "Ｗｉｄｅ Ｗｏｒｋｓ"),
        ("supercapacitors", "Tramways without wires"),
        ("lumengrid", "LumenGrid"),
        ("water meters", "Open water meter format"),
        ("shade school", "Shade on every way to school"),
        ("litoral university", "Universitat del Litoral"),
    ],
    "es": [
        ("corredor verde", "Corredores verdes contra el calor"),
        ("corredores", "Corredores verdes contra el calor"),
        ("gestion agua lluvia", "Gestión del agua de lluvia en las laderas"),
        ("GESTIÓN DEL AGUA", "Gestión del agua de lluvia en las laderas"),
        ("medellin", "Medellín"),
        ("presupuestos participativos", "Presupuesto participativo para jóvenes"),
        ("inteligencia artificial", "Inteligencia artificial en la gestión de residuos"),
        ("participación ciudadana", "Guía de participación ciudadana"),
        ("jovenes", "Presupuesto participativo para jóvenes"),
        ("jardines de lluvia", "Gestión del agua de lluvia en las laderas"),
    ],
    "ca": [
        ("edificis intel·ligents", "Edificis intel·ligents que gestionen l'energia"),
        ("intel.ligents edifici", "Edificis intel·ligents que gestionen l'energia"),
        ("edificis intelligents", "Edificis intel·ligents que gestionen l'energia"),
        ("compostatge", "Compostatge als barris"),
        ("ciutats que cuiden", "Ciutats que cuiden"),
        ("ciutat cuida", "Ciutats que cuiden"),
        ("l'energia dels edificis", "Edificis intel·ligents que gestionen l'energia"),
        ("puigdomenech", "Núria Puigdomènech"),
        ("plaques terrats", "Edificis intel·ligents que gestionen l'energia"),
        ("universitat litoral", "Universitat del Litoral"),
    ],
    "fr": [
        ("ruelles vertes", "Les ruelles vertes"),
        ("ruelle verte", "Les ruelles vertes"),
        ("deneigement", "Déneigement piloté par les données"),
        ("données de déneigement", "Déneigement piloté par les données"),
        ("montreal", "Montréal"),
        ("lyon", "Ville de Lyon"),
        ("îlots de chaleur", "Les ruelles vertes"),
        ("l’îlot", "Les ruelles vertes"),
    ],
    "pt": [
        ("onibus eletrico", "Ônibus elétricos na linha verde"),
        ("ônibus elétricos", "Ônibus elétricos na linha verde"),
        ("hortas urbanas", "Hortas urbanas em terrenos vazios"),
        ("horta", "Hortas urbanas em terrenos vazios"),
        ("curitiba", "Curitiba"),
        ("souza", "Ana Souza"),
        ("ônibus expressos", "Curitiba"),
        ("fundacao rios", "Fundação Rios Vivos"),
        ("rio limpo", "Rios limpos para todos"),
    ],
    "zh": [
        ("垃圾分类", "社区垃圾分类"),
        ("垃圾", "社区垃圾分类"),
        ("停车", "智慧停车与交通数据"),
        ("智慧城市", "智慧城市与可持续交通"),
        ("可持续交通", "智慧城市与可持续交通"),
        ("上海", "上海"),
        ("老人照护", "老人社区照护"),
        ("李明", "李明"),
        ("智慧停車", "智慧停车与交通数据"),
        ("垃圾分類", "社区垃圾分类"),
        ("老人照護", "老人社区照护"),
        ("河岸湿地", "河岸濕地公園"),
        ("濕地公園", "河岸濕地公園"),
        ("台北", "臺北"),
        ("国家发展委员会", "國家發展委員會"),
    ],
    "ar": [
        ("الدوحة", "الدوحة"),
        ("تظليل الشوارع", "تظليل الشوارع للمشاة"),
        ("شوارع", "تظليل الشوارع للمشاة"),
        ("المياه", "إعادة استخدام المياه في الحدائق"),
        ("اعادة استخدام المياه", "إعادة استخدام المياه في الحدائق"),
    ],
}
# Written in one language, found in another: typed, what is among the results
ACROSS = [
    ("图书馆", None),
    ("bicycle", "臺北"),
    ("垃圾", "Compostatge als barris"),
    ("洪水", "Flood parks along the river"),
    ("inundación", "Flood parks along the river"),
    ("flood", "Gestión del agua de lluvia en las laderas"),
    ("waste", "社区垃圾分类"),
    ("الفيضانات", "Flood parks along the river"),
    ("停车", "ParkPilot"),
    ("buses", "Ônibus elétricos na linha verde"),
    ("water", "إعادة استخدام المياه في الحدائق"),
]


def build():
    """Write the library; gives back the edition."""
    now = timezone.now()
    host = HostCity.objects.create(name="Host", slug="host", timezone="Europe/Madrid")
    edition = Edition.objects.create(
        name="Congress", slug="congress", host_city=host, start_date=now.date(), end_date=now.date()
    )
    stage = Stage.objects.create(edition=edition, host_city=host, name="Agora")
    organisation = Organisation.objects.create(kind="company", name="Provider", slug="provider")
    cities = {
        name: City.objects.create(name=name, slug=f"c{number}", country=country, region="europe", text=text)
        for number, (name, country, text) in enumerate(CITIES)
    }
    for language, city, title, problem, done, theme in CASES:
        case = Case.objects.create(
            city=cities[city], title=title, problem=problem, done=done, language=language, is_public=True
        )
        case.tags.set(tags_of([theme]))
    for name, text in TOOLS:
        Tool.objects.create(name=name, text=text, kind="method", url="https://example.org/", is_public=True)
    for name, text in SOLUTIONS:
        Solution.objects.create(organisation=organisation, name=name, text=text, is_public=True)
    for name, claim, kind, country in EXHIBITORS:
        Exhibitor.objects.create(edition=edition, name=name, claim=claim, kind=kind, country=country, is_public=True)
    promise(edition)
    earlier(host, now)
    people = {}
    for number, (title, abstract, theme, names) in enumerate(SESSIONS):
        session = Session.objects.create(
            edition=edition, guid=str(number), title=title, abstract=abstract, stage=stage, start=now,
            end=now + timedelta(hours=1),
            theme=Theme.objects.get_or_create(edition=edition, slug=theme, defaults={"name": theme.title()})[0],
        )  # fmt: skip
        for name in names:
            if name not in people:
                people[name] = Speaker.objects.create(edition=edition, guid=name, name=name)
            session.speakers.add(people[name])
    return edition


def earlier(host, now):
    """An edition before, with a session and an exhibitor."""
    then = now - timedelta(days=365)
    edition = Edition.objects.create(
        name="Before", slug="before", host_city=host, start_date=then.date(), end_date=then.date()
    )
    stage = Stage.objects.create(edition=edition, host_city=host, name="Agora")
    theme = Theme.objects.create(edition=edition, slug="mobility", name="Mobility")
    Session.objects.create(
        edition=edition, guid="then", title="Cooperating stations", stage=stage, start=then,
        end=then + timedelta(hours=1), theme=theme,
    )  # fmt: skip
    Exhibitor.objects.create(edition=edition, name="Stoneworks Cooling", kind="company", is_public=True)


def promise(edition):
    """Verified organisations, and commitments of theirs that are in force."""
    until = timezone.now() + timedelta(days=365)
    known = [
        Organisation.objects.create(
            kind=kind, name=name, slug=f"o{number}", country=country, website=website, level=Level.VOUCHED,
            level_until=until,
        )
        for number, (kind, name, country, website) in enumerate(ORGANISATIONS)
    ]  # fmt: skip
    for title, measure, baseline, target, reached, number in COMMITMENTS:
        content = {"title": title, "measure": measure, "baseline": baseline, "target": target, "due": "2035-01-01"}
        content |= {
            "parties": [known[number].name],
            "milestones": [{"due": "2030-01-01", "what": each} for each in reached],
        }
        made = Commitment.objects.create(edition=edition, title=title, state=State.TRACK)
        Party.objects.create(commitment=made, organisation=known[number])
        made.in_force = Version.objects.create(commitment=made, number=1, content=content, text=title, digest="0" * 64)
        made.in_force_at = timezone.now()
        made.save()
