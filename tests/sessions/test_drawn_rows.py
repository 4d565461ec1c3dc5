"""Rows of the programme are drawn once: whatever they show, when it changes, the next row shows it."""

from datetime import timedelta

import pytest
from django.utils import translation

from common import clock
from sessions import rows
from sessions.models import HostCity, Session, Speaker, Stage, Status, Strand, Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(place):
    """A talk of an hour that begins in an hour, with all that a row may show."""
    found = Session.objects.get(pk=place["session"])
    found.theme = Theme.objects.create(edition=found.edition, name="Water", hue=200)
    found.strand = Strand.objects.create(edition=found.edition, name="Blue Economy", slug="blue")
    found.status, found.start = Status.SCHEDULED, clock.now() + timedelta(hours=1)
    found.end = found.start + timedelta(hours=1)
    found.save()
    found.speakers.set([Speaker.objects.create(edition=found.edition, guid="ada", name="Ada")])
    return found


def drawn(session, zone=""):
    return rows.draw(rows.rows_of([session.pk])[0], zone)


@pytest.mark.parametrize(
    "change",
    [
        lambda session: Session.objects.filter(pk=session.pk).update(title="Other words"),
        lambda session: Session.objects.filter(pk=session.pk).update(status=Status.CANCELLED),
        lambda session: Session.objects.filter(pk=session.pk).update(end=session.end + timedelta(minutes=7)),
        lambda session: Session.objects.filter(pk=session.pk).update(delayed_start=session.end),
        lambda session: Session.objects.filter(pk=session.pk).update(strand=None),
        lambda session: Theme.objects.update(hue=90),
        lambda session: Strand.objects.update(name="Green Economy"),
        lambda session: Speaker.objects.filter(guid="ada").update(name="Ada Lovelace"),
        lambda session: Stage.objects.filter(pk=session.stage_id).update(name="Garden"),
        lambda session: HostCity.objects.filter(pk=session.stage.host_city_id).update(timezone="Asia/Tokyo"),
    ],
)
def test_a_change_is_shown_at_once(change, session):
    before = drawn(session)
    assert drawn(session) == before
    change(session)
    after = drawn(session)
    rows._drawn.cache_clear()
    assert after == drawn(session) != before


def test_it_is_drawn_for_each_clock_and_language(session):
    with translation.override("es"):
        assert drawn(session) != drawn(session, "Asia/Tokyo")
        assert "tu hora" in drawn(session)
    assert "your time" in drawn(session)


@pytest.mark.parametrize(("status", "words"), [(Status.SCHEDULED, "Past"), (Status.LIVE, 'data-overrun="')])
def test_its_end_goes_by(status, words, session, monkeypatch):
    Session.objects.filter(pk=session.pk).update(status=status)
    row = rows.rows_of([session.pk])[0]
    before, later = rows.draw(row), session.end + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    after = rows.draw(row)
    assert words in after and "hidden>· overrunning" not in after
    assert before != after
