"""What is heard of commitments in force: reports with evidence, reminders, and silence, which is public."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from collaboration import speaking, state
from collaboration.models import OPEN_ENDED, Commitment, Reminder, Report, State
from collaboration.standing import REMINDED_AFTER, reminders_due
from common import clock
from common.contract import Again
from people import mails
from people.models import Participant
from people.refusal import Refused
from scheduler import planning

EVERY = 3600  # seconds between two looks at the calendar
MOST_ASKED = 100  # reminders on a page, the newest
AT_ONCE = 200  # commitments in one transaction
MAILED_WITHIN = timedelta(days=2)  # later, the page alone says it
TURNS = {State.LATE: "turn_late", State.SILENT: "turn_silent"}


def tell(pk: uuid.UUID, report: Report, by: Participant, *, expected: int | None = None) -> Commitment:
    """Keep what a party says of its commitment. Raises Refused for who does not speak for it, or without evidence."""
    with transaction.atomic():
        commitment = state.MACHINE.current(pk, expected)
        is_party = commitment.parties.filter(organisation=report.organisation).exists()
        if not is_party or not speaking.may(by, report.organisation):
            raise Refused(_("You do not speak for a party of this commitment."), 403)
        report.commitment, report.by, report.at = commitment, by, clock.now()
        action = "finish" if report.says == Report.Says.DONE else "report"
        return state.step(pk, action, by, report=report, organisation=report.organisation_id, says=report.says)


def follow(data: dict[str, Any]) -> Again | None:
    """The job: turn what the calendar has made late or silent, and remind; so many commitments at a time."""
    waiting = Commitment.objects.filter(state__in=OPEN_ENDED).order_by("pk")
    after = data.get("after")
    pks = list((waiting.filter(pk__gt=after) if after else waiting).values_list("pk", flat=True)[:AT_ONCE])
    for pk in pks:
        with transaction.atomic():
            _look_at(state.MACHINE.current(pk))
    return Again(clock.now(), {"after": str(pks[-1])}) if len(pks) == AT_ONCE else None


def _look_at(commitment: Commitment) -> None:
    """Take the step that its day asks for, and remind who has not been reminded."""
    if commitment.state not in OPEN_ENDED:
        return
    stands = state.standing_of(commitment)
    action = TURNS.get(State(stands))
    if action and commitment.state in state.TIMED_STEPS[action].sources:
        commitment = state.step(commitment.pk, action)
    if commitment.spoken_at is None:
        return
    due = reminders_due(state.local_day(commitment, commitment.spoken_at), state.local_day(commitment, clock.now()))
    if due > commitment.reminded:
        _remind(commitment, REMINDED_AFTER[due - 1])
        Commitment.objects.filter(pk=commitment.pk).update(reminded=due)


def _remind(commitment: Commitment, months: int) -> None:
    """Ask everybody who speaks for a party, on their pages and by mail."""
    people = speaking.speakers([party.organisation_id for party in commitment.parties.all()])
    moment = clock.now()
    rows = [Reminder(commitment=commitment, participant=who, months=months, at=moment) for who in people]
    Reminder.objects.bulk_create(rows)
    if rows:
        planning.at(moment, "collaboration.mail", {"commitment": str(commitment.pk), "at": moment.isoformat()})
    state.record(None, "remind", commitment, months=months, people=len(rows))


def mail(data: dict[str, Any]) -> None:
    """The job: send the reminders of a commitment that were not sent."""
    since = clock.now() - MAILED_WITHIN
    unsent = Reminder.objects.filter(commitment=data["commitment"], sent_at=None, at__gt=since)
    with get_connection() as connection:
        for reminder in unsent.select_related("participant", "commitment__edition"):
            Reminder.objects.filter(pk=reminder.pk).update(sent_at=clock.now())
            _mail(reminder, connection)


def _mail(reminder: Reminder, connection: Any) -> None:
    participant = reminder.participant
    if settings.DEMO or not participant.email or not participant.is_active:
        return
    with translation.override(participant.language or settings.LANGUAGE_CODE):
        context = {"reminder": reminder, "commitment": reminder.commitment, "site": settings.SITE_URL}
        body = render_to_string("collaboration/mail.txt", context | {"name": participant.name})
        subject = _("How does it stand? %(title)s") % {"title": reminder.commitment.title}
    mails.send(participant.email, subject, body, connection)


def asked_of(participant: Participant) -> Iterable[Reminder]:
    """The reminders that a participant has not answered: nothing was said since, and they still speak for a party."""
    organisations = speaking.organisations(participant)
    waiting = Commitment.objects.of(organisations).filter(state__in=OPEN_ENDED, reminded__gt=0)
    newest: dict[uuid.UUID, Reminder] = {}
    reminders = Reminder.objects.filter(participant=participant, commitment__in=waiting).select_related("commitment")
    for reminder in reminders[:MOST_ASKED]:
        spoken = reminder.commitment.spoken_at
        if spoken is None or reminder.at > spoken:
            newest.setdefault(reminder.commitment_id, reminder)
    return newest.values()
