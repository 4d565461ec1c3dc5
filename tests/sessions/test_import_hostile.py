"""Importing schedules: broken and hostile files, mutilated ones, durations."""

import codecs
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sessions.models import Session
from sessions.schedule import MAX_BYTES, read, texts, times
from sessions.schedule.document import EventError, ScheduleError
from sessions.schedule.importer import apply
from tests.sessions.test_import import DATA, PLAIN, PLAIN_JSON, counts, rows, run

pytestmark = pytest.mark.django_db

BOMB = b'<!DOCTYPE schedule [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><schedule>&b;</schedule>'
FILE = b'<!DOCTYPE schedule [<!ENTITY a SYSTEM "file:///etc/passwd">]><schedule>&a;</schedule>'
HOSTILE = {
    "truncated XML": (PLAIN[:-30], r"line 3\d, column \d+"),
    "truncated JSON": (PLAIN_JSON[:-30], r"line 1, column \d+"),
    "entity bomb": (BOMB, "line 1: entities and external references are not allowed"),
    "external entity": (FILE, "line 1: entities and external references are not allowed"),
    "wrong root": (b"\n<rss><schedule/></rss>", "line 2: the root element is <rss>"),
    "list": (b"[]", "the document is not an object"),
    "no conference": (b'{"schedule": {}}', "schedule.conference is missing"),
    "no days": (b'{"schedule": {"conference": {}}}', "schedule.conference.days is missing"),
    "deep JSON": (b'{"a":' * 200_000, "nested too deeply"),
    "deep XML": (b"<schedule>" + b"<a>" * 200_000, "line 1: elements are nested deeper"),
    "huge number": (b'{"schedule": ' + b"9" * 9_999 + b"}", "cannot be read"),
    "empty": (b"", "the file is empty"),
    "blank": (b" \n", "the file is empty"),
    "picture": (b"\x89PNG\r\n", "neither XML nor JSON"),
    "unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><schedule/>', "line 1"),
    "wrong encoding": (PLAIN.replace(b"Opening", b"\xff\xfe"), r"line 2\d, column"),
    "nothing in it": (b"<schedule/>", "neither the conference's dates nor any usable event"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(name: str, tmp_path: Path) -> None:
    content, message = HOSTILE[name]
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(CommandError, match=message) as raised:
        run(tmp_path / "file")
    assert str(tmp_path / "file") in str(raised.value)
    assert rows() == [0] * 6


def test_what_is_no_file_or_too_large_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(200_000_000)
    os.mkfifo(tmp_path / "pipe")
    cases = {"large": f"more than the {MAX_BYTES:,}", "pipe": "not a regular file", "": "a directory", "no": "no such"}
    for name, message in cases.items():
        with pytest.raises(CommandError, match=message):
            run(tmp_path / name)


@pytest.mark.parametrize(
    ("options", "message"), [({"edition": "Not a slug"}, "not a slug"), ({"timezone": "Nowhere"}, "not a time zone")]
)
def test_wrong_options_are_refused(options: dict[str, str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(DATA / "plain.xml", **options)
    assert rows() == [0] * 6


def test_a_text_of_nested_tags_is_not_markup() -> None:
    assert texts.to_html("<div>" * 1_000_000).startswith("<p>&lt;div&gt;")


def test_skip_lines_carry_no_escape_sequences(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(PLAIN_JSON.replace(b'"00:30"', b'"\\u001b[2J"').replace(b'"a"', b'"\\u001b]0;x"'))
    assert "\x1b" not in run(tmp_path / "a")


def mutilated(raw: bytes) -> st.SearchStrategy[bytes]:
    """The file cut off, or with some bytes replaced."""
    flips = st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)), min_size=1, max_size=12)

    def flip(changes: list[tuple[int, int]]) -> bytes:
        changed = bytearray(raw)
        for place, value in changes:
            changed[place] = value
        return bytes(changed)

    return st.integers(0, len(raw)).map(lambda end: raw[:end]) | flips.map(flip)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=mutilated(PLAIN) | mutilated(PLAIN_JSON) | mutilated(codecs.BOM_UTF16_LE + PLAIN.decode().encode("utf-16-le"))
)
@example(raw=PLAIN.replace(b"Asia/Kolkata", b"../../etc"))
@example(raw=PLAIN.replace(b"2026", b"0001"))
@example(raw=PLAIN.replace(b"2026", b"9999"))
def test_mutilated_files_raise_nothing_else_and_leave_nothing(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(raw)
    with transaction.atomic():
        try:
            report = apply(read(tmp_path / "file"), "e26")
        except ScheduleError:
            assert rows() == [0] * 6
        else:
            assert Session.objects.count() == report.created
            again = apply(read(tmp_path / "file"), "e26")
            assert counts(again) == (0, 0, report.created, len(report.skipped), 0)
        transaction.set_rollback(True)


@given(days=st.integers(0, 6), hours=st.integers(0, 23), minutes=st.integers(1, 59))
def test_durations_of_every_shape(days: int, hours: int, minutes: int) -> None:
    length = timedelta(hours=hours, minutes=minutes)
    assert times.duration(f"{hours}:{minutes:02}") == times.duration(f"{hours:02}:{minutes:02}:00") == length
    assert times.duration(f"{days}:{hours:02}:{minutes:02}") == timedelta(days=days) + length
    assert times.duration(f"{days}:{hours:02}:{minutes:02}:00") == timedelta(days=days) + length


@given(text=st.text(max_size=12) | st.from_regex(r"[0-9:]{0,12}", fullmatch=True))
def test_any_duration_is_within_a_week_or_refused(text: str) -> None:
    try:
        assert timedelta() < times.duration(text) <= times.LONGEST
    except EventError as error:
        assert "duration" in str(error)
