"""Which column holds which field: guessed from headings and first rows, corrected by the organiser."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from common.text import fold
from registration.imports import vocabulary

FIELDS = {
    "ticket": _("Ticket reference, or code of the order"),
    "position": _("Position within the order"),
    "email": _("E-mail"),
    "buyer": _("E-mail of the buyer, where the attendee’s is empty"),
    "name": _("Name"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "organisation": _("Organisation"),
    "job_title": _("Role"),
    "city": _("City"),
    "country": _("Country"),
    "pass": _("Pass"),
    "status": _("Status of the order"),
    "addon": _("Add-on to another ticket"),
    "test": _("Test order"),
    "admission": _("Lets somebody in (yes or no)"),
}
REQUIRED = ("ticket", "email")
Rows = Sequence[tuple[int, list[str]]]


def folded(text: str) -> str:
    """The letters and digits of a text, without case, accents, spaces and signs."""
    return "".join(char for char in fold(text) if char.isalnum())


def words(listed: str) -> list[str]:
    """The folded words of a vocabulary list ("a/b/c"), each once."""
    return list(dict.fromkeys(filter(None, map(folded, listed.split("/")))))


_HEADINGS = {name: words(listed) for name, listed in vocabulary.HEADINGS.items()}
_KINDS, _ONE_NAME = words(vocabulary.KINDS), words(vocabulary.ONE_NAME)


def guess(header: list[str], rows: Rows = ()) -> dict[str, int]:
    """Field -> the number of its most likely column; no column twice. `rows` are the first of the file."""
    columns: dict[str, int] = {}
    numbers = {folded(title): number for number, title in reversed(list(enumerate(header)))}
    fitting = {name: [word for word in words if word in numbers] for name, words in _HEADINGS.items()}
    position = [numbers[word] for word in fitting["position"][:1]]
    fitting["ticket"] = _references(rows, {word: [numbers[word], *position] for word in fitting["ticket"]})
    for name, words in fitting.items():
        number = next((numbers[word] for word in words if numbers[word] not in columns.values()), None)
        if number is not None:
            columns[name] = number
    if "email" not in columns:
        columns |= _addresses(rows, len(header), set(columns.values()))
    return _names(columns, {numbers[word] for word in _ONE_NAME if word in numbers})


def _addresses(rows: Rows, columns: int, taken: set[int]) -> dict[str, int]:
    """The column with the most e-mail addresses, when most rows have one there."""
    counted = {
        number: sum("@" in cells[number] for _line, cells in rows if number < len(cells))
        for number in range(columns)
        if number not in taken
    }
    number = max(counted, key=counted.__getitem__, default=None)
    return {} if number is None or counted[number] * 2 <= len(rows) else {"email": number}


def _names(columns: dict[str, int], one_name: set[int]) -> dict[str, int]:
    """The columns, where "Name" next to a column of first or last names becomes the other half of the name."""
    first, last = "first_name" in columns, "last_name" in columns
    if columns.get("name") in one_name and first != last:
        columns["last_name" if first else "first_name"] = columns.pop("name")
    return columns


def _references(rows: Rows, columns: dict[str, list[int]]) -> list[str]:
    """The headings whose columns may hold ticket references, first those whose values differ in most rows.

    A repeating column that may hold kinds of tickets is left out: "Online" is no reference.
    """
    repeats = {word: _repeats(rows, numbers) for word, numbers in columns.items()}
    return sorted((word for word in columns if not (repeats[word] and word in _KINDS)), key=repeats.__getitem__)


def _repeats(rows: Rows, numbers: list[int]) -> bool:
    """Whether most rows share their values in these columns with another row."""
    counted = Counter(tuple(cells[number] for number in numbers if number < len(cells)) for _line, cells in rows)
    return sum(count for count in counted.values() if count > 1) * 2 > len(rows)


def reference(cells: list[str], columns: dict[str, int]) -> str:
    """A row's ticket reference: the shop's, or order code and position as in pretix ("XK7-1")."""
    ticket, position = cell(cells, columns, "ticket"), cell(cells, columns, "position")
    return f"{ticket}-{position}" if ticket and position else ticket


def cell(cells: list[str], columns: dict[str, int], name: str) -> str:
    """The cell of a row for a field; empty when no column has the field."""
    number = columns.get(name)
    return cells[number] if number is not None and number < len(cells) else ""


def full_name(cells: list[str], columns: dict[str, int]) -> str:
    """A row's name, or its first and last name joined; Chinese and Japanese last names come first."""
    name = cell(cells, columns, "name")
    first, last = cell(cells, columns, "first_name"), cell(cells, columns, "last_name")
    if name or not (first and last):
        return name or first or last
    return last + first if _is_han(first) and _is_han(last) else f"{first} {last}"


def _is_han(text: Iterable[str]) -> bool:
    return all("\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" for char in text)
