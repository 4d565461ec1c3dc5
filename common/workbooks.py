"""Tables in workbooks (XLSX) that somebody sends: the first sheet, as text, within bounds. Formulas give what was last
shown; macros and links to other files are never looked at."""

import zipfile
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from django.utils.translation import gettext as _

from common.text import shows
from common.uploads import MAX_BYTES, TOO_LARGE

MAX_UNPACKED, MAX_PARTS = 60_000_000, 500  # bytes, files of the archive; of the file itself: uploads.MAX_BYTES
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 20_000, 200, 1000


class BadWorkbook(ValueError):
    """The file is no workbook that we read; the message says why, for the person who sent it."""


class Sheet(NamedTuple):
    """A sheet's header, and its rows as (line, cells), read while they are used."""

    header: list[str]
    rows: Iterator[tuple[int, list[str]]]


def is_workbook(file: IO[bytes]) -> bool:
    """Whether it begins as workbooks do. The file must be seekable."""
    file.seek(0)
    begins = file.read(4) == b"PK\x03\x04"
    file.seek(0)
    return begins


def read(file: IO[bytes]) -> Sheet:
    """The first sheet. Raises BadWorkbook, also later, while rows are read."""
    _ask_size(file)
    rows = _rows(file)
    header = next(rows, (0, []))[1]
    return Sheet(header, rows)


def _ask_size(file: IO[bytes]) -> None:
    """Raises BadWorkbook for what would unpack to more than we take: sizes are counted, not believed."""
    try:
        if file.seek(0, 2) > MAX_BYTES:
            raise BadWorkbook(str(TOO_LARGE))
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or any(part.flag_bits & 1 for part in parts):
                raise BadWorkbook(_("This workbook cannot be read. Save it as CSV."))
            left = MAX_UNPACKED
            for part in parts:
                left = _unpacked(archive, part, left)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError) as error:
        if isinstance(error, BadWorkbook):
            raise
        raise BadWorkbook(_("This workbook cannot be read. Save it as CSV.")) from error


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """How much may still be unpacked after a part."""
    with archive.open(part) as content:
        while chunk := content.read(65_536):
            left -= len(chunk)
            if left < 0:
                raise BadWorkbook(_("This workbook is too large. Save it as CSV."))
    return left


def _rows(file: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    import openpyxl  # only where a workbook is read: it takes a while to load

    file.seek(0)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_vba=False, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what the file says of itself is not believed
            for line, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
                if line > MAX_ROWS:
                    raise BadWorkbook(_("The file has more than %(n)s rows. Part it.") % {"n": MAX_ROWS})
                row = [_text(cell) for cell in cells]
                if any(row):
                    yield line, row
        finally:
            book.close()
    except BadWorkbook:
        raise
    except Exception as error:  # a damaged workbook fails in any of the reader's ways
        raise BadWorkbook(_("This workbook cannot be read. Save it as CSV.")) from error


def _text(cell: Any) -> str:
    """What a cell shows; whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell)[:MAX_CELL].replace("\0", "").strip()
    return text if shows(text) else ""
