"""Which column is what: guessed from the header, corrected by the organiser."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy as _

from people.models import Pass

FIELDS = {
    "ticket": _("Ticket reference"),
    "email": _("E-mail"),
    "name": _("Name"),
    "organisation": _("Organisation"),
    "job_title": _("Role"),
    "city": _("City"),
    "country": _("Country"),
    "pass": _("Pass"),
    "status": _("Status of the order"),
}
REQUIRED = ("ticket", "email")
WORDS = {  # what headers call it, in English, Spanish, Catalan and German, folded
    "ticket": "ticket ticketreference ticketid ticketcode reference order ordercode orderposition code referencia "
    "entrada ticketnummer bestellnummer",
    "email": "email attendeeemail emailaddress mail correo correoelectronico correuelectronic correu emailadresse",
    "name": "name attendeename fullname displayname nombre nom nomcomplet nombrecompleto teilnehmer",
    "organisation": "organisation organization company employer empresa organizacion organitzacio firma",
    "job_title": "role jobtitle position title cargo carrec puesto funktion",
    "city": "city town ciudad ciutat stadt ort",
    "country": "country pais land",
    "pass": "pass passtype product item ticketname category tipo tipus entradatipo produkt kategorie",
    "status": "status orderstatus state estado estat",
}
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


def guess(header: list[str]) -> dict[str, int]:
    """Our field -> the number of the column that is most likely it; each column once."""
    found: dict[str, int] = {}
    for name, words in WORDS.items():
        for number, title in enumerate(header):
            if folded(title) in words.split() and number not in found.values():
                found[name] = number
                break
    return found


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
