"""Schedules of other programmes (frab, pretalx, wafer): reading their files and applying them to an edition."""

from pathlib import Path

from sessions.schedule import json, xml
from sessions.schedule.document import Schedule, ScheduleError

MAX_BYTES = 64 * 1024 * 1024
# Byte order marks, white space and the zero bytes of UTF-16 and UTF-32 may stand before the first character.
_BEFORE_TEXT = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"


def read(path: Path) -> Schedule:
    """Read a schedule, XML or JSON by its content. Raises ScheduleError for a file that is neither."""
    return parse(_load(path))


def parse(raw: bytes) -> Schedule:
    """The schedule in a file's bytes. Raises ScheduleError for anything that is neither XML nor JSON."""
    match raw[:4096].lstrip(_BEFORE_TEXT)[:1]:
        case b"<":
            return xml.parse(raw)
        case b"{" | b"[":
            return json.parse(raw)
        case b"" if not raw.strip():
            raise ScheduleError("the file is empty")
    raise ScheduleError("line 1, column 1: this is neither XML nor JSON")


def _load(path: Path) -> bytes:
    """The file's bytes, its size checked before. Raises ScheduleError."""
    try:
        if path.is_dir():
            raise ScheduleError("this is a directory, not a file")
        if not path.is_file():
            raise ScheduleError("this is not a regular file" if path.exists() else "there is no such file")
        if (size := path.stat().st_size) > MAX_BYTES:
            raise ScheduleError(f"the file has {size:,} bytes, more than the {MAX_BYTES:,} allowed")
        with path.open("rb") as file:
            return file.read(MAX_BYTES)
    except (OSError, ValueError) as error:
        raise ScheduleError(f"the file cannot be read: {error}") from error
