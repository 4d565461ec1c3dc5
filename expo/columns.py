"""What columns of a table of exhibitors may be called, and the kinds of exhibitors, in the languages of the cities.

They are compared as the headings of registrations are. The order is English, Spanish, Catalan, French, Portuguese,
German, Chinese; the first is the one that the page of the import lists first.
"""

from django.utils.translation import gettext_lazy as _

from expo.models import Kind
from people.refusal import Refused
from registration.imports import tables
from registration.imports.mapping import folded, words

COLUMNS = {  # field -> what the column may be called, parted by "/"
    "name": """name/exhibitor/company/organisation/organization/nombre/expositor/empresa/organización/nom/
        organització/exposant/entreprise/société/organisation exposante/nome/organização/firma/aussteller/unternehmen/
        名称/参展商/公司/單位/单位""",
    "kind": """kind/type/category/tipo/categoría/clase/tipus/categoria/catégorie/genre/art/typ/kategorie/
        类型/類型/类别""",
    "claim": """claim/summary/sentence/tagline/slogan/in one sentence/eslogan/lema/resumen/frase/eslògan/resum/résumé/
        accroche/phrase/resumo/slogan da empresa/kurzbeschreibung/zusammenfassung/leitsatz/简介/口号/摘要""",
    "text": """text/about/description/profile/texto/acerca de/descripción/perfil/sobre nosotros/descripció/sobre/
        à propos/profil/descrição/sobre nós/beschreibung/über uns/介绍/描述/说明""",
    "products": """products/product/solutions/products and solutions/productos/producto/soluciones/productes/producte/
        solucions/produits/produit/produtos/produto/soluções/produkte/produkt/lösungen/产品/產品/解决方案""",
    "country": "country/país/pais/pays/land/国家/國家/国",
    "city": "city/town/ciudad/ciutat/municipio/municipi/ville/cidade/stadt/ort/城市",
    "website": """website/web/url/web page/sitio web/página web/lloc web/pàgina web/site web/site internet/site/
        sítio web/página/webseite/internetseite/网站/网址/網站""",
    "themes": """themes/theme/topics/temas/tema/temàtiques/temes/thèmes/thème/sujets/temáticas/themen/thema/
        主题/主題""",
    "host": """host city/venue/host/ciudad sede/sede/ciutat amfitriona/ciutat seu/ville hôte/cidade anfitriã/
        cidade sede/gastgeberstadt/veranstaltungsort/主办城市/主辦城市/举办城市""",
    "hall": "hall/pavilion/pabellón/pavelló/sala/pavillon/salle/pavilhão/halle/展厅/展館/展馆",
    "number": """stand/number/booth/stand number/número/número de stand/número d’estand/estand/numéro/numéro de stand/
        número do stand/estande/nummer/standnummer/展位/展位号/展位號""",
    "x": "x/left/cells from the left",
    "y": "y/top/cells from the top",
    "width": "width/ancho/anchura/amplada/largeur/largura/breite/宽/宽度",
    "height": "height/alto/altura/alçada/alçària/hauteur/höhe/高/高度",
    "team": """team/email/e-mail/emails/contact/equipo/correo/correo electrónico/correos/contacto/equip/correu/
        correu electrònic/contacte/équipe/courriel/adresse e-mail/equipe/correio eletrônico/correio electrónico/contato/
        mannschaft/kontakt/e-mail-adresse/团队/邮箱/电子邮件/联系人""",
}
KINDS = {
    Kind.COMPANY: "empresa/companyia/entreprise/société/companhia/firma/unternehmen/公司/企业",
    Kind.CITY: "ciudad/ciutat/municipio/municipi/ville/cidade/stadt/城市",
    Kind.COUNTRY: "país/pais/pays/land/国家/國家",
    Kind.INSTITUTION: "institución/institució/institution/instituição/einrichtung/institut/机构/機構",
    Kind.STARTUP: "startup/start-up/empresa emergente/empresa emergent/jeune pousse/初创企业/初创公司/新創",
}
LABELS = {
    "name": _("Name"),
    "kind": _("Kind"),
    "claim": _("In one sentence"),
    "text": _("About"),
    "products": _("Products and solutions"),
    "country": _("Country"),
    "city": _("City"),
    "website": _("Website"),
    "themes": _("Themes"),
    "stand": _("Stand"),
    "cells": _("Place of the stand in its hall"),
    "team": _("Team"),
}


_FIELDS = tables.vocabulary(COLUMNS)
_KINDS = {word: kind.value for kind, listed in KINDS.items() for word in words(f"{kind.value}/{listed}")}


def columns(header: list[str]) -> dict[str, int]:
    """Field -> the number of its column. Raises Refused for a table without names."""
    places = tables.placed(header, _FIELDS)
    if "name" not in places:
        raise Refused(_("No column is called “name”."), 422)
    return places


def kind(text: str) -> str | None:
    """The kind of exhibitor that somebody wrote, in any of the languages; None for what is none."""
    labels = {folded(str(each.label)): each.value for each in Kind}
    return (labels | _KINDS).get(folded(text))
