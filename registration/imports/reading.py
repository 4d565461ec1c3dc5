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
PRETIX = ["ticket", "email", "name", "organisation", "city", "country", "pass", "status"]


@dataclass
class Table:
    """A file's header, and its rows with the line each begins on."""

    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


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
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    table = Table()
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            cells = [plain(cell)[:MAX_CELL] for cell in cells]
            if not any(cells):
                continue
            if len(cells) > MAX_COLUMNS:
                raise Refused(_("Line %(line)s has more than %(n)s columns.") % {"line": line, "n": MAX_COLUMNS})
            if not table.header:
                table.header = cells
            else:
                table.rows.append((line, cells))
            _not_too_many(table)
    except csv.Error as error:
        told = _("Line %(line)s cannot be read: %(error)s.") % {"line": before + 1, "error": error}
        raise Refused(told) from error
    return table


def _not_too_many(table: Table) -> None:
    if len(table.rows) > MAX_ROWS:
        raise Refused(_("The file has more than %(n)s rows. Part it.") % {"n": MAX_ROWS})


def _pretix(text: str) -> Table:
    """One row for each position of each order; the "line" is the position's number in the file."""
    wrong = _("This JSON is no pretix order export.")
    try:
        event = json.loads(text)["event"]
        items = {item["id"]: _text(item.get("name")) for item in event.get("items", [])}
        table = Table(list(PRETIX))
        for order in event["orders"]:
            for cells in _positions(order, items):
                table.rows.append((len(table.rows) + 1, cells))
                _not_too_many(table)
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
