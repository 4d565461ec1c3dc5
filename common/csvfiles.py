"""CSV files as spreadsheets and ticket shops write them: any usual encoding and separator, read line by line."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import IO

from django.utils.translation import gettext as _

MAX_RECORD = 200_000  # characters of one row
MAX_LINES = 1_000_000  # of a file, blank ones too
SAMPLE, CHUNK = 1_000_000, 65_536  # bytes
SEPARATORS = ",;\t|"
SEPARATOR_LINE = re.compile(
    r'"?sep=(.)"?[,;\t|]*\s*$', re.IGNORECASE
)  # how Excel notes the separator in the first line
HEAD = 20  # lines that are looked at for a separator


class Unreadable(ValueError):
    """The file is no usable table; the message says why, for the person who sent it."""


def as_text(file: IO[bytes]) -> io.TextIOWrapper:
    """The text of a file, decoded while it is read. The file must be seekable."""
    return io.TextIOWrapper(file, _encoding(file), errors="western", newline="")


def records(text: io.TextIOWrapper, strict: bool = False) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV text as (first line, cells). `strict` refuses stray quotes. Raises Unreadable."""
    size = before = 0
    head, separator = _head(text)

    def lines() -> Iterator[str]:
        nonlocal size
        for line in chain(head, iter(lambda: text.readline(MAX_RECORD + 1), "")):
            size += len(line)
            if size > MAX_RECORD:  # the csv module would take a row of any length into memory
                raise Unreadable(_("Line %(line)s is too long. Is this a table?") % {"line": before + 1})
            yield line.replace("\0", "")

    reader = csv.reader(lines(), delimiter=separator, strict=strict)
    try:
        for cells in reader:
            if reader.line_num > MAX_LINES:
                raise Unreadable(_("The file has more than %(n)s lines. Is this a table?") % {"n": MAX_LINES})
            yield before + 1, cells
            before, size = reader.line_num, 0
    except csv.Error as error:
        message = _("Line %(line)s cannot be read: %(error)s.") % {"line": before + 1, "error": error}
        raise Unreadable(message) from error


def _head(text: io.TextIOWrapper) -> tuple[list[str], str]:
    """The first lines and the separator: the one that Excel notes, else the most frequent one outside quotes."""
    head: list[str] = []
    separator = SEPARATORS[0]
    for line in iter(lambda: text.readline(MAX_RECORD + 1), ""):
        if not head and (match := SEPARATOR_LINE.match(line.lstrip("\ufeff"))):
            return ["\n"], match[1]  # it stays a line for whoever counts them
        head.append(line)
        unquoted = re.sub(r'"[^"]*"?', "", "".join(head))
        separator = max(SEPARATORS, key=unquoted.count)
        if len(head) == HEAD or len(line) > MAX_RECORD or separator in unquoted:
            break
    return head, separator


def _encoding(file: IO[bytes]) -> str:
    """The encoding of a file, guessed from its bytes. The file is rewound."""
    sample = file.read(SAMPLE)
    file.seek(0)
    if sample[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    for name, zeros in (("utf-16-le", sample[1:2000:2]), ("utf-16-be", sample[:2000:2])):
        if len(zeros) > 3 and zeros.count(0) * 2 > len(zeros):
            return name
    if _is_utf8(file):
        return "utf-8-sig"
    decoded = sample.decode("utf-8", "replace")
    if sum(char > "\x7f" for char in decoded) > 2 * decoded.count("\ufffd"):
        return "utf-8-sig"  # but for some bytes, as in tables that several people have pasted together
    return "gb18030" if _is_double_byte(sample) else "cp1252"


def _is_utf8(file: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return True


def _is_double_byte(sample: bytes) -> bool:
    """Whether bytes beyond ASCII come in pairs, as in Chinese spreadsheets. Western accents are single bytes."""
    runs = re.findall(rb"[\x80-\xff]+", sample)
    if not runs or sum(len(run) % 2 == 0 for run in runs) < 0.9 * len(runs):
        return False
    try:
        codecs.getincrementaldecoder("gb18030")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _western(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are invalid otherwise as Windows-1252; the five that it lacks as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in wrong), error.end


codecs.register_error("western", _western)
