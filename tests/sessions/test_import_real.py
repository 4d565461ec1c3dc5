"""The real exports beside the checkout; a checkout without them has nothing to collect here (conftest.py)."""

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions.models import Edition, Session, Speaker, Stage, Strand
from sessions.schedule import read
from sessions.schedule.importer import apply
from tests.sessions.conftest import REAL
from tests.sessions.test_import import counts, rows, run

pytestmark = pytest.mark.django_db


def test_the_schemas_invalid_example_is_refused_and_leaves_nothing() -> None:
    with pytest.raises(CommandError, match="schedule.rooms"):
        run(REAL / "invalid-example.json")
    assert rows() == [0] * 6


@pytest.mark.parametrize(
    ("name", "created", "skipped"),
    [("fosdem2026.xml", 883, 0), ("ccc34.json", 625, 36), ("debconf23.xml", 117, 0), ("pretalx-democon.json", 36, 0)],
)
def test_real_files_import_once(name: str, created: int, skipped: int) -> None:
    schedule = read(REAL / name)
    assert counts(apply(schedule, "e26")) == (created, 0, 0, skipped, 0)
    before = rows()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert counts(apply(schedule, "e26")) == (0, 0, created, skipped, 0)
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(queries) < 20
    assert rows() == before


def test_fosdem_tracks_rooms_and_biographies() -> None:
    run(REAL / "fosdem2026.xml")
    assert (Strand.objects.count(), Stage.objects.count()) == (62, 30)
    assert Edition.objects.get().host_city.name == "Brussels"
    assert "Linux Containers" in Speaker.objects.get(guid="1343").biography


def test_debconf_times_are_right_in_kolkata() -> None:
    schedule = read(REAL / "debconf23.xml")
    apply(schedule, "dc23")
    assert Edition.objects.get().host_city.name == "Kolkata"
    assert {event.guid: event.start for event in schedule.events} == {
        found.guid: f"{found.start.astimezone(found.zone):%H:%M}" for found in Session.objects.select_related("stage")
    }
