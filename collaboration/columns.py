"""What columns of a table of delegations may be called: those of people as in registrations, and a few of their own.

The order is English, Spanish, Catalan, French, Portuguese, German, Chinese, Arabic; the first is the one that the page
of the import lists first.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.refusal import Refused
from registration.imports import mapping, tables, vocabulary

OWN = {  # field -> what the column may be called, parted by "/"
    "nation": """national delegation/within/nation/country/delegación nacional/país/delegació nacional/pais/
        délégation nationale/pays/delegação nacional/nationale delegation/land/国家代表团/国家/國家代表團/國家/
        الوفد الوطني/الدولة/البلد""",
    "delegation": """delegation/delegation of/sent by/delegación/delegación de/delegació/delegació de/délégation/
        délégation de/delegação/delegação de/delegation von/代表团/代表團/الوفد/الوفد من""",
    "organisation": """organisation/organization/organización/organització/organização/组织/機構/单位/المؤسسة/الجهة""",
    "city": "city/ciudad/ciutat/ville/cidade/stadt/城市/المدينة",
    "office": """function/office/función/funció/fonction/função/funktion/amt/职务/職務/职能/الوظيفة/المنصب""",
    "head": """head/head of delegation/leads the delegation/jefe de la delegación/jefa de la delegación/
        encabeza la delegación/cap de la delegació/encapçala la delegació/chef de délégation/cheffe de délégation/
        chefe da delegação/delegationsleitung/leitung/团长/團長/رئيس الوفد/رئيسة الوفد""",
    "places": """places/quota/seats/plazas/cupo/places de la delegació/nombre de places/lugares/vagas/plätze/
        名额/名額/المقاعد/عدد المقاعد""",
}
# Field -> the one of registrations whose headings it has, too.
OF_PEOPLE = {
    "name": "name",
    "first_name": "first_name",
    "last_name": "last_name",
    "email": "email",
    "organisation": "organisation",
    "office": "job_title",
    "city": "city",
}
LABELS = {
    "within": gettext_lazy("Within"),
    "quota": gettext_lazy("Places"),
    "name": gettext_lazy("Name"),
    "office": gettext_lazy("Office"),
    "organisation": gettext_lazy("Organisation"),
    "city": gettext_lazy("City"),
    "email": gettext_lazy("E-mail"),
    "is_head": gettext_lazy("Leads the delegation"),
    "state": gettext_lazy("State"),
}
YES = frozenset(mapping.words("yes/y/x/1/true/sí/si/oui/sim/ja/是/نعم"))
_OWN = tables.vocabulary(OWN)


def columns(header: list[str]) -> Mapping[str, int]:
    """Field -> the number of its column. Raises Refused where nothing says whose delegation a row is of."""
    found, guessed = tables.placed(header, _OWN), mapping.guess(header)
    for field, name in OF_PEOPLE.items():
        if name in guessed and guessed[name] not in found.values():
            found.setdefault(field, guessed[name])
    if found.keys().isdisjoint({"nation", "delegation", "organisation", "city"}):
        raise Refused(_("No column is called “delegation”, “city”, “organisation” or “country”."), 422)
    return found


def titles() -> list[list[str]]:
    """Of each column what it may be called."""
    fields = dict.fromkeys((*OWN, *OF_PEOPLE))
    lists = [[OWN.get(field, ""), vocabulary.HEADINGS.get(OF_PEOPLE.get(field, ""), "")] for field in fields]
    return [list(dict.fromkeys(filter(None, tables.titles("/".join(listed))))) for listed in lists]
