"""Tables as CSV and workbooks that spreadsheets read as UTF-8, without cells that they would run as formulas."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60  # characters of a column
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


def as_xlsx(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A workbook of one sheet, its first row fixed. A text that would be a formula gets an apostrophe in front."""
    import openpyxl  # only where a workbook is written: it takes a while to load
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    table = [[_cell(row[name]) for name in columns] for row in rows]
    for number, name in enumerate(columns, 1):
        longest = max([len(name), *(len(str(line[number - 1])) for line in table)])
        sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].width = min(longest + 2, WIDEST)
    sheet.freeze_panes = "A2"
    for line in [list(columns), *table]:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value for value in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def download(content: str | bytes, name: str, kind: str = CSV) -> HttpResponse:
    """A response that the browser saves as a file of that name."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _cell(value: Any) -> Any:
    runs = isinstance(value, str) and FORMULA.match(value) and not NUMBER.fullmatch(value)
    return f"'{value}" if runs else value
