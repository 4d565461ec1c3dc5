"""The live status machine: every pair of status and action, undo, who and when."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from live.models import Event
from live.revocations import REVOKED
from people.models import Participant
from people.refusal import Refused
from sessions import status
from sessions.forms import StatusForm
from sessions.models import Session, Stage, Status
from sessions.templatetags.programme import new_start
from tests import world

pytestmark = pytest.mark.django_db

S = Status
# Written out, not taken from the machine: action -> {from: to}
TABLE = {
    "delay": {S.SCHEDULED: S.DELAYED, S.DELAYED: S.DELAYED, S.STARTING: S.DELAYED},
    "prepare": {S.SCHEDULED: S.STARTING, S.DELAYED: S.STARTING},
    "go_live": {S.STARTING: S.LIVE},
    "pause": {S.LIVE: S.PAUSED},
    "resume": {S.PAUSED: S.LIVE},
    "end": {S.LIVE: S.ENDED, S.PAUSED: S.ENDED},
    "publish": {S.ENDED: S.ON_DEMAND},
    "cancel": {S.SCHEDULED: S.CANCELLED, S.DELAYED: S.CANCELLED, S.STARTING: S.CANCELLED},
    "move": {each: each for each in (S.SCHEDULED, S.DELAYED, S.STARTING, S.LIVE, S.PAUSED)},
}
PAIRS = [(before, action) for before in Status for action in [*TABLE, "nonsense"]]


@pytest.fixture
def moderator(place):
    return Participant.objects.get(pk=place["people"]["moderator"])


def options(place, action):
    if action == "delay":
        return {"new_start": timezone.now() + timedelta(hours=3), "reason": "The train is late"}
    return {"stage": Stage.objects.get(pk=place["other_stage"])} if action == "move" else {}


@pytest.mark.parametrize(("before", "action"), PAIRS)
def test_every_pair(place, moderator, before, action):
    Session.objects.filter(pk=place["session"]).update(status=before)
    to = TABLE.get(action, {}).get(before)
    pushed = Event.objects.exclude(room__key=REVOKED)
    events = pushed.count()
    if to is None:
        with pytest.raises(Refused):
            status.step(place["session"], action, moderator, **options(place, action))
        assert Session.objects.get(pk=place["session"]).status == before
        assert pushed.count() == events
        return
    status.step(place["session"], action, moderator, expected=before, **options(place, action))
    session = Session.objects.get(pk=place["session"])
    assert session.status == to
    change = session.status_changes.get()
    assert (change.by, change.action, change.before["status"]) == (moderator, action, before)
    assert pushed.count() == events + 2
    status.undo(place["session"], moderator)
    session.refresh_from_db()
    assert (session.status, session.stage_id, session.delayed_start) == (before, place["stage"], None)
    assert session.status_changes.get().undone_by == moderator
    with pytest.raises(Refused):
        status.undo(place["session"], moderator)


def test_the_allowed_actions_are_those_of_the_table():
    for before in Status:
        assert set(status.allowed(before)) == {action for action, pairs in TABLE.items() if before in pairs}


def test_undo_goes_back_step_by_step(place, moderator):
    seen = []
    for action in ["prepare", "go_live", "pause", "resume", "end", "publish"]:
        seen.append(Session.objects.get(pk=place["session"]).status)
        status.step(place["session"], action, moderator)
    for before in reversed(seen):
        assert status.undo(place["session"], moderator).status == before


def test_a_delay_moves_the_end_along_and_must_be_later(place, moderator):
    session = Session.objects.get(pk=place["session"])
    later = session.start + timedelta(minutes=25)
    moved = status.step(session.pk, "delay", moderator, new_start=later, reason="Sound check")
    assert (moved.begins, moved.finishes) == (later, session.end + timedelta(minutes=25))
    with pytest.raises(Refused):
        status.step(session.pk, "delay", moderator, new_start=later)


def test_a_step_from_an_outdated_page_is_refused(place, moderator):
    status.step(place["session"], "prepare", moderator, expected="scheduled")
    with pytest.raises(Refused, match="faster"):
        status.step(place["session"], "go_live", moderator, expected="scheduled")


def test_a_stage_of_another_edition_is_refused(place, moderator):
    foreign = Stage.objects.get(pk=world.build()["stage"])
    with pytest.raises(Refused):
        status.step(place["session"], "move", moderator, stage=foreign)


def test_on_another_stage_everybody_s_rights_are_looked_at_again(place, moderator):
    def looked():
        return Event.objects.filter(room__key=REVOKED, data={"room": f"session:{place['session']}"}).count()

    status.step(place["session"], "prepare", moderator)
    assert looked() == 0
    status.step(place["session"], "move", moderator, stage=Stage.objects.get(pk=place["other_stage"]))
    assert looked() == 1
    status.undo(place["session"], moderator)
    assert looked() == 2


@pytest.mark.parametrize(
    ("start", "present", "typed", "meant"),
    [
        ("25 23:30", None, "00:15", "26 00:15"),
        ("25 23:30", None, "23:45", "25 23:45"),
        ("25 18:00", None, "01:00", "26 01:00"),
        ("25 09:00", None, "22:30", "25 22:30"),
        ("25 10:00", None, "09:30", None),  # before its start
        ("25 10:00", None, "10:00", None),
        ("25 23:30", "26 00:15", "00:45", "26 00:45"),
        ("25 23:30", "26 00:15", "23:50", None),  # back again
        ("25 23:30", None, "2030-10-26T02:00", "26 02:00"),
        ("26 23:30", None, "03:30", "27 03:30"),  # clocks go back in this night
    ],
)
def test_a_new_start_by_its_time_is_the_next_such_time(place, moderator, start, present, typed, meant):
    def moment(text):
        return datetime.strptime(f"2030-10-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=session.zone) if text else None

    session = Session.objects.for_display().get(pk=place["session"])
    session.start, session.delayed_start = moment(start), moment(present)
    session.end = session.start + timedelta(hours=1)
    session.save()
    form = StatusForm(session, {"action": "delay", "new_start": typed})
    assert form.is_valid()
    if meant:
        step = status.step(session.pk, "delay", moderator, new_start=form.cleaned_data["new_start"])
        assert step.delayed_start == moment(meant)
    else:
        with pytest.raises(Refused, match="later than the present one"):
            status.step(session.pk, "delay", moderator, new_start=form.cleaned_data["new_start"])


def test_a_delay_into_another_day_says_which():
    item = {"planned": "2030-10-25T21:30:00+00:00", "begins": "2030-10-25T22:15:00+00:00", "timezone": "Europe/Madrid"}
    assert new_start(item) == "Sat 26 Oct, 00:15"
    assert new_start(item | {"begins": "2030-10-25T21:45:00+00:00"}) == "23:45"
    assert new_start(item | {"timezone": "UTC"}) == "22:15"


@pytest.mark.parametrize(("begins", "meant"), [(10, 20), (-30, 10)])  # minutes from now
def test_a_delay_in_minutes_counts_from_the_start_or_from_now(place, begins, meant):
    session = Session.objects.get(pk=place["session"])
    now = timezone.now().replace(second=0, microsecond=0)
    session.start, session.end = now + timedelta(minutes=begins), now + timedelta(minutes=begins + 60)
    form = StatusForm(session, {"action": "delay", "new_start": "", "minutes": "10"})
    assert form.is_valid()
    assert abs(form.cleaned_data["new_start"] - now - timedelta(minutes=meant)) <= timedelta(minutes=1)
    assert not StatusForm(session, {"action": "delay", "minutes": "7"}).is_valid()
