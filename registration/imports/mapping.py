"""Which column is what: guessed from the header, corrected by the organiser."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from people.models import Pass

FIELDS = {
    "ticket": _("Ticket reference, or code of the order"),
    "position": _("Position within the order"),
    "email": _("E-mail"),
    "buyer": _("E-mail of the buyer, where the attendee’s is empty"),
    "name": _("Name"),
    "organisation": _("Organisation"),
    "job_title": _("Role"),
    "city": _("City"),
    "country": _("Country"),
    "pass": _("Pass"),
    "status": _("Status of the order"),
}
REQUIRED = ("ticket", "email")
WORDS = {  # what headers call it, in English, Spanish, Catalan and German, folded; the surest first
    "ticket": "ticketreference ticketid ticketcode ticketnummer ticket reference referencia entrada ordercode order "
    "orderposition bestellnummer code",
    "position": "positionid orderpositionid positionnumber positionno posid positionsnummer",
    "email": "attendeeemail emailaddress email mail correo correoelectronico correuelectronic correu emailadresse",
    "buyer": "buyeremail orderemail customeremail email",
    "name": "attendeename fullname name displayname nombre nom nomcomplet nombrecompleto teilnehmer",
    "organisation": "organisation organization company employer empresa organizacion organitzacio firma",
    "job_title": "role jobtitle position title cargo carrec puesto funktion",
    "city": "city town ciudad ciutat stadt ort",
    "country": "country pais land",
    "pass": "pass passtype product item tickettype ticketname category tipo tipus entradatipo produkt kategorie "
    "ticket entrada",
    "status": "status orderstatus state estado estat",
}
KINDS = ("ticket", "entrada")  # a column of that name holds references, or else what kind of ticket each is
PASSES = {  # words in a ticket's name -> pass; the first that occurs
    "speaker": Pass.SPEAKER,
    "ponente": Pass.SPEAKER,
    "ponent": Pass.SPEAKER,
    "press": Pass.PRESS,
    "prensa": Pass.PRESS,
    "premsa": Pass.PRESS,
    "exhibit": Pass.EXHIBITOR,
    "expositor": Pass.EXHIBITOR,
    "jury": Pass.JURY,
    "jurado": Pass.JURY,
    "organi": Pass.ORGANISER,
    "online": Pass.ONLINE,
    "virtual": Pass.ONLINE,
    "remote": Pass.ONLINE,
}


def folded(text: str) -> str:
    """The letters and digits of a text, lower case."""
    return "".join(char for char in text.casefold() if char.isalnum())


Rows = Sequence[tuple[int, list[str]]]


def guess(header: list[str], rows: Rows = ()) -> dict[str, int]:
    """Our field -> the number of the column that is most likely it; each column once."""
    found: dict[str, int] = {}
    numbers = {folded(title): number for number, title in reversed(list(enumerate(header)))}
    fitting = {name: [word for word in words.split() if word in numbers] for name, words in WORDS.items()}
    position = [numbers[word] for word in fitting["position"][:1]]
    fitting["ticket"] = _references(rows, {word: [numbers[word], *position] for word in fitting["ticket"]})
    for name, words in fitting.items():
        number = next((numbers[word] for word in words if numbers[word] not in found.values()), None)
        if number is not None:
            found[name] = number
    return found


def _references(rows: Rows, columns: dict[str, list[int]]) -> list[str]:
    """Of the words whose columns may hold references, first those whose values tell most rows apart.

    A column of kinds does not: "Online" is nobody's reference.
    """
    repeats = {word: _repeats(rows, numbers) for word, numbers in columns.items()}
    return sorted((word for word in columns if not (repeats[word] and word in KINDS)), key=repeats.__getitem__)


def _repeats(rows: Rows, numbers: list[int]) -> bool:
    """Whether most rows have in these columns what another row has as well."""
    counted = Counter(tuple(cells[number] for number in numbers if number < len(cells)) for _line, cells in rows)
    return sum(count for count in counted.values() if count > 1) * 2 > len(rows)


def reference(cells: list[str], columns: dict[str, int]) -> str:
    """A row's ticket reference: that of the shop, or order code and position, as pretix counts them ("XK7-1")."""
    ticket, position = cell(cells, columns, "ticket"), cell(cells, columns, "position")
    return f"{ticket}-{position}" if ticket and position else ticket


def cell(cells: list[str], columns: dict[str, int], name: str) -> str:
    """What a row says in the column of a field; empty without one."""
    number = columns.get(name)
    return cells[number] if number is not None and number < len(cells) else ""


def guess_pass(word: str) -> str:
    """The pass that a ticket's name most likely means."""
    low = word.casefold()
    return next((str(value) for part, value in PASSES.items() if part in low), str(Pass.ON_SITE))


def words_of(rows: Any, column: int | None, most: int = 40) -> list[str]:
    """The different words in the column of passes, the most frequent first."""
    if column is None:
        return []
    counted = Counter(cells[column] for _line, cells in rows if column < len(cells))
    return [word for word, _count in counted.most_common(most)]
