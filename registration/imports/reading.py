"""Reads files of registrations: CSV of spreadsheets and ticket shops, and pretix's order export in JSON."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _

from common import csvfiles
from common.csvfiles import Unreadable
from common.jsonfiles import JsonFile
from people.names import plain
from people.refusal import Refused

MAX_ROWS, MAX_COLUMNS, MAX_CELL = 100_000, 200, 1000
MAX_FILLED = 3_000_000  # cells of the file that hold anything
PRETIX = [
    "ticket", "attendee email", "buyer email", "name", "organisation", "city", "country", "pass", "status",
    "add-on to", "test order", "admission",
]  # fmt: skip
STATUSES = {"p": "paid", "n": "pending", "e": "expired", "c": "canceled"}
Rows = Iterator[tuple[int, list[str]]]


@dataclass
class Table:
    """A file's header, and its rows as (line, cells), read while they are used."""

    header: list[str]
    rows: Rows


def read(file: IO[bytes]) -> Table:
    """The table in a seekable file. Raises Refused for a bad file, also later, while rows are read."""
    text = csvfiles.as_text(file)
    first = next((part for chunk in iter(lambda: text.read(4096), "") if (part := chunk.strip("\0\ufeff \t\r\n"))), "")
    if not first:
        raise Refused(_("The file is empty."))
    text.seek(0)
    if first[0] in "{[":
        return Table(list(PRETIX), _bounded(_pretix(text)))
    rows = _csv(text)
    _line, header = next(rows, (0, []))
    return Table(header, _bounded(rows))


def _csv(text: io.TextIOWrapper) -> Rows:
    try:
        for line, cells in csvfiles.records(text):
            if len(cells) > MAX_COLUMNS:
                raise Refused(_("Line %(line)s has more than %(n)s columns.") % {"line": line, "n": MAX_COLUMNS})
            cells = [plain(cell)[:MAX_CELL] for cell in cells]
            if any(cells):
                yield line, cells
    except Unreadable as error:
        raise Refused(str(error)) from error


def _bounded(rows: Rows) -> Rows:
    filled = 0
    for number, (line, cells) in enumerate(rows, 1):
        filled += sum(map(bool, cells))
        if number > MAX_ROWS:
            raise Refused(_("The file has more than %(n)s rows. Part it.") % {"n": MAX_ROWS})
        if filled > MAX_FILLED:
            raise Refused(_("The file has more than %(n)s cells. Leave columns out, or part it.") % {"n": MAX_FILLED})
        yield line, cells


def _pretix(text: io.TextIOWrapper) -> Rows:
    """One row for each position of each order; the "line" is the position's number in the file."""
    try:
        items = {item["id"]: item for item in _list(text, "items", needed=False)}  # they may stand after the orders
        text.seek(0)
        rows = (cells for order in _list(text, "orders") for cells in _positions(order, items))
        yield from enumerate(rows, 1)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(_("This JSON is no pretix order export.")) from error


def _list(text: io.TextIOWrapper, name: str, needed: bool = True) -> Iterator[dict[str, Any]]:
    """The items of the event's list of that name. Raises KeyError if it is `needed` and missing."""
    file = JsonFile(text)
    there = False
    for key in file.names():
        if key != "event":
            file.skip()
            continue
        for part in file.names():
            if part != name:
                file.skip()
                continue
            yield from (file.value() for _number in file.items())
            there = True
            if not needed:
                return
    file.end()
    if needed and not there:
        raise KeyError(name)


def _positions(order: dict[str, Any], items: dict[Any, dict[str, Any]]) -> Iterable[list[str]]:
    for number, position in enumerate(order.get("positions", []), 1):
        item = items.get(position.get("item"), {})
        status = "c" if position.get("canceled") else order.get("status", "")
        cells = [
            f"{order['code']}-{position.get('positionid') or number}",
            position.get("attendee_email"),
            order.get("email") or order.get("user"),
            _name(position),
            position.get("company"),
            position.get("city"),
            position.get("country"),
            _product(item, position.get("variation")),
            STATUSES.get(status, status),
            position.get("addon_to"),
            "yes" if order.get("testmode") else "",
            "no" if item.get("admission") is False else "",
        ]
        yield [_text(cell) for cell in cells]


def _product(item: dict[str, Any], variation: Any) -> str:
    """The name of the item and of its variation, which may say online or on site."""
    sold = [part for part in item.get("variations") or [] if part.get("id") == variation]
    return " – ".join(filter(None, (_text(part.get("name")) for part in [item, *sold])))


def _name(position: dict[str, Any]) -> Any:
    parts = position.get("attendee_name_parts") or {}
    joined = " ".join(filter(None, (_text(parts.get(name)) for name in ("given_name", "family_name"))))
    return position.get("attendee_name") or joined or parts.get("full_name")


def _text(value: Any) -> str:
    """The text of a cell: of several languages English, else the first."""
    if isinstance(value, dict):
        value = value.get("en") or next(iter(value.values()), "")
    return plain(str("" if value is None else value)[: 4 * MAX_CELL])[:MAX_CELL]
