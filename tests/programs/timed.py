"""Everything that happens at a time, due at once, and processes that do it."""

import time
from datetime import timedelta
from typing import Any

from agenda.models import Saved
from announcements.models import Announcement
from awards.models import Cue
from common import clock
from common.registry import registry
from live.models import Event
from notices.models import Notice
from people.models import AuditEntry, Participant
from planning import scheduled
from planning.models import Draft, Release
from polls.models import Poll, Round
from polls.prepare import Choice, save
from polls.state import open_now
from scheduler import work
from sessions.models import Session, StatusChange
from show import ripple
from show.models import Ripple
from tests import world
from tests.programs import awards, show

POLLS = 6  # that open, and as many that close


def due() -> dict[str, int]:
    """Polls that open and close, a stage's delays, a release, reminders, a bar and an envelope: all due now."""
    made = show.late()
    first = Session.objects.select_related("edition", "stage").get(pk=made["session"])
    by = Participant.objects.get(pk=made["people"]["organiser"])
    before = clock.now() - timedelta(seconds=1)
    for number in range(POLLS):
        opens, closes = (_poll(first, f"{word} {number}") for word in ("Opens", "Closes"))
        Poll.objects.filter(pk=opens).update(state="scheduled", opens_at=before)
        open_now(closes)
    Round.objects.update(closes_at=before)
    ripple.set_automatic(first.stage, 30, by)
    soon = world.talk(first.edition, Session.objects.get(pk=made["other_session"]).stage, "Soon")
    Session.objects.filter(pk=soon.pk).update(start=clock.now() + timedelta(minutes=5))
    Saved.objects.create(participant_id=made["people"]["attendee"], session=soon)
    draft = Draft.objects.create(edition=first.edition, session=soon, guid=soon.guid, values={"title": "Sooner"})
    scheduled.plan(first.edition, [draft.pk], "Now", before, by)
    _bar(first, before)
    _envelope()
    return {"attendee": made["people"]["attendee"], "edition": first.edition_id}


def _poll(session: Session, question: str) -> int:
    """A poll of a session of its own: of two in one session only one is open."""
    own = world.talk(session.edition, session.stage, question)
    start = clock.now() + timedelta(days=2)
    Session.objects.filter(pk=own.pk).update(start=start, end=start + timedelta(hours=1))
    found = Session.objects.select_related("edition", "stage__host_city").get(pk=own.pk)
    fields = {"question": question, "type": "single", "results": "live", "screen": "never", "anonymous": False}
    return int(save(found, fields, [Choice("Yes", False), Choice("No", False)]).pk)


def _bar(session: Session, since: Any) -> None:
    until = since + timedelta(hours=1)
    values = {"scope": f"session:{session.pk}", "texts": {"en": "The hall is open"}, "starts_at": since}
    Announcement.objects.create(edition=session.edition, session=session, ends_at=until, **values)


def _envelope() -> None:
    """One that has been on stage for an hour."""
    made = awards.sealed()
    awards.open_next(made["session"], made["people"]["moderator"])
    Cue.objects.filter(state="staged").update(staged_at=clock.now() - timedelta(hours=1))


def take_part(start: float, seconds: float) -> int:
    """Be a process that does what is due, from that moment on; how often it looked."""
    time.sleep(max(0.0, start - time.time()))
    work.start()
    looks, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        for ticks in registry.all("ticks"):
            for tick in ticks:
                tick()
        ripple.look()
        work.do_due()
        looks += 1
    return looks


def happened(edition: int, attendee: int) -> dict[str, Any]:
    """How often each has been done."""
    audits = AuditEntry.objects.filter
    return {
        "opened": [poll.rounds.count() for poll in Poll.objects.filter(question__startswith="Opens")],
        "closed": [poll.state for poll in Poll.objects.filter(question__startswith="Closes")],
        "open": [poll.state for poll in Poll.objects.filter(question__startswith="Opens")],
        "closes": audits(action="polls.close").count(),
        "ripples": Ripple.objects.count(),
        "delays": list(StatusChange.objects.filter(action="delay").values_list("session").distinct()),
        "delay steps": StatusChange.objects.filter(action="delay").count(),
        "releases": list(Release.objects.filter(edition=edition).values_list("version", flat=True)),
        "failed": audits(action="planning.failed").count(),
        "reminders": Notice.objects.filter(participant=attendee, kind="reminder").count(),
        "bars": Event.objects.filter(kind="announcements.bar").count(),
        "envelopes": audits(action="awards.cue_show").count(),
    }
