"""Tables as CSV that spreadsheets read as UTF-8, without cells that they would run as formulas."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse

CSV = "text/csv; charset=utf-8"
# A spreadsheet runs a cell that begins so. Numbers with a sign (also telephone numbers) are harmless.
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"[+\-]?[0-9]+(?:[.,:  ][0-9]+)*%?")


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """CSV with a byte order mark. A cell that would be a formula gets an apostrophe in front."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.DictWriter(out, columns, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue()


def download(content: str | bytes, name: str, kind: str = CSV) -> HttpResponse:
    """A response that the browser saves as a file of that name."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _cell(value: Any) -> Any:
    runs = isinstance(value, str) and FORMULA.match(value) and not NUMBER.fullmatch(value)
    return f"'{value}" if runs else value
