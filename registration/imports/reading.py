"""Files of registrations: CSV as spreadsheets and ticket shops write it, and pretix's order export as JSON."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from people.names import plain
from people.refusal import Refused

MAX_ROWS, MAX_COLUMNS, MAX_CELL = 100_000, 200, 1000
MAX_RECORD, MAX_FILLED = 200_000, 3_000_000  # characters of one row; cells of the file that hold anything
PRETIX = ["ticket", "email", "name", "organisation", "city", "country", "pass", "status"]


@dataclass
class Table:
    """A file's header, its rows with the line each begins on, and how many of their cells hold anything."""

    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    filled: int = 0


def read(data: bytes) -> Table:
    """The table in a file's bytes. Raises Refused with what is wrong."""
    text = _decoded(data)
    if not text.strip():
        raise Refused(_("The file is empty."))
    return _pretix(text) if text.lstrip()[:1] in "{[" else _csv(text)


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _csv(text: str) -> Table:
    table = Table()
    for line, cells in _records(text):
        if len(cells) > MAX_COLUMNS:
            raise Refused(_("Line %(line)s has more than %(n)s columns.") % {"line": line, "n": MAX_COLUMNS})
        cells = [plain(cell)[:MAX_CELL] for cell in cells]
        if any(cells) and not table.header:
            table.header = cells
        elif any(cells):
            _add(table, line, cells)
    return table


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV text, with the line each begins on. Raises Refused."""
    size = before = 0

    def lines() -> Iterator[str]:
        nonlocal size
        for each in io.StringIO(text.replace("\0", ""), newline=""):
            size += len(each)
            if size > MAX_RECORD:  # the csv module would take a row of any length into memory
                raise Refused(_("Line %(line)s is too long. Is this a table?") % {"line": before + 1})
            yield each

    first = text.partition("\n")[0]
    reader = csv.reader(lines(), delimiter=max(",;\t", key=first.count))
    try:
        for cells in reader:
            yield before + 1, cells
            before, size = reader.line_num, 0
    except csv.Error as error:
        told = _("Line %(line)s cannot be read: %(error)s.") % {"line": before + 1, "error": error}
        raise Refused(told) from error


def _add(table: Table, line: int, cells: list[str]) -> None:
    table.rows.append((line, cells))
    table.filled += sum(map(bool, cells))
    if len(table.rows) > MAX_ROWS:
        raise Refused(_("The file has more than %(n)s rows. Part it.") % {"n": MAX_ROWS})
    if table.filled > MAX_FILLED:
        raise Refused(_("The file has more than %(n)s cells. Leave columns out, or part it.") % {"n": MAX_FILLED})


def _pretix(text: str) -> Table:
    """One row for each position of each order; the "line" is the position's number in the file."""
    wrong = _("This JSON is no pretix order export.")
    try:
        event = json.loads(text)["event"]
        items = {item["id"]: _text(item.get("name")) for item in event.get("items", [])}
        table = Table(list(PRETIX))
        for order in event["orders"]:
            for cells in _positions(order, items):
                _add(table, len(table.rows) + 1, cells)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(wrong) from error
    return table


def _positions(order: dict[str, Any], items: dict[Any, str]) -> Iterator[list[str]]:
    for number, position in enumerate(order.get("positions", []), 1):
        ticket = f"{order['code']}-{position.get('positionid') or number}"
        email = position.get("attendee_email") or order.get("email") or order.get("user") or ""
        name = _text(position.get("attendee_name"))
        status = "c" if position.get("canceled") else order.get("status", "")
        cells = [ticket, email, name, position.get("company"), position.get("city"), position.get("country")]
        yield [_text(cell) for cell in [*cells, items.get(position.get("item"), ""), status]]


def _text(value: Any) -> str:
    """A cell; of a text in several languages the English one, else the first."""
    if isinstance(value, dict):
        value = value.get("en") or next(iter(value.values()), "")
    return plain(str("" if value is None else value))[:MAX_CELL]
