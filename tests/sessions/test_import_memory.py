"""Schedules that are made to fill the memory are refused before they do."""

import pytest

from tests.memory import megabytes

PREPARE = """
from pathlib import Path
from sessions.schedule import read
from sessions.schedule.document import ScheduleError
"""
WORK = """
try:
    read(Path({path!r}))
except ScheduleError as error:
    assert {told!r} in str(error), error
else:
    raise AssertionError("not refused")
"""


@pytest.mark.parametrize("parts", [b"<a/>" * 8_000_000, b"<a " + b"b='' " * 6_000_000 + b"/>"])
def test_an_xml_of_nothing_but_parts_is_refused(tmp_path, parts):
    path = tmp_path / "schedule.xml"
    path.write_bytes(b"<schedule>" + parts + b"</schedule>")
    assert megabytes(PREPARE, WORK.format(path=str(path), told="more than any schedule has")) < 300


def test_an_xml_as_long_as_one_may_be_takes_a_few_times_its_size(tmp_path):
    event = b'<event guid="%d"><title>T</title><abstract>%s</abstract></event>'
    events = b"".join(event % (number, b"x" * 30_000) for number in range(1_100))
    path = tmp_path / "schedule.xml"
    path.write_bytes(b"<schedule><day><room name='Hall'>" + events + b"</room></day></schedule>")
    assert path.stat().st_size > 33_000_000
    assert megabytes(PREPARE, f"read(Path({str(path)!r}))") < 250


@pytest.mark.parametrize(
    ("middle", "count", "told"),
    [
        (b"{},", 20_000_000, "more than any schedule has"),
        (b"[],", 20_000_000, "more than any schedule has"),
        (b"1,", 30_000_000, "more than any schedule has"),
        (b'"ab",', 3_900_000, "no objects"),
    ],
)
def test_a_json_of_nothing_but_parts_is_refused(tmp_path, middle, count, told):
    path = tmp_path / "schedule.json"
    path.write_bytes(b'{"schedule": {"conference": {"days": [' + middle * count + b"{}]}}}")
    assert megabytes(PREPARE, WORK.format(path=str(path), told=told)) < 400
