"""Schedules that are made to fill the memory are refused before they do."""

import pytest

from tests.memory import megabytes

WORK = """
try:
    read(Path({path!r}))
except ScheduleError as error:
    assert {told!r} in str(error), error
else:
    raise AssertionError("not refused")
"""


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
    prepare = "from pathlib import Path\nfrom sessions.schedule import read\n"
    prepare += "from sessions.schedule.document import ScheduleError"
    assert megabytes(prepare, WORK.format(path=str(path), told=told)) < 400
