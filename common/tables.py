"""Tables as CSV that spreadsheets read as UTF-8 and that runs nothing in them."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse

CSV = "text/csv; charset=utf-8"
# What a spreadsheet would run at a cell's start; a number with a sign, also a telephone's, is none.
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"[+\-]?[0-9]+(?:[.,:  ][0-9]+)*%?")


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """CSV with a byte order mark; no cell is a formula. Other texts stay as they are."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.DictWriter(out, columns, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue()


def download(content: str | bytes, name: str, kind: str = CSV) -> HttpResponse:
    """A file of that name to keep."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _cell(value: Any) -> Any:
    runs = isinstance(value, str) and FORMULA.match(value) and not NUMBER.fullmatch(value)
    return f"'{value}" if runs else value
