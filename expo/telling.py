"""What people are told of their meetings, of reminders and of answers: on their page of notices, and by mail."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import Count
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from common import clock
from common.contract import Again, Inbox, Told
from common.prepared import Prepared
from expo import events, partners
from expo.models import Availability, Meeting, MeetingNotice, Talk
from people import mails
from people.devices import present
from people.models import Participant
from scheduler import planning

K = MeetingNotice.Kind
MOST = 50  # lines
SOON = timedelta(minutes=15)  # before a meeting, when both are reminded
LATEST = timedelta(hours=1)  # what could not be sent by then is news no more
KEPT = timedelta(days=60)
_UNSEEN = Prepared(
    lambda people: (
        MeetingNotice.objects.filter(participant__in=people, seen_at=None)
        .order_by()
        .values_list("participant")
        .annotate(Count("pk"))
    )
)


def tell(meeting: Meeting, kind: str, by: Participant | None = None) -> None:
    """Tell the other side of a meeting what has happened, in the transaction in which it does."""
    if kind not in K.values:
        return
    if kind == K.ACCEPT:
        data = {"meeting": meeting.pk, "starts": meeting.starts_at.isoformat()}
        planning.at(max(clock.now(), meeting.starts_at - SOON), "expo.remind", data, key=str(meeting.pk))
    elif kind == K.CANCEL:
        planning.drop("expo.remind", str(meeting.pk))
    answering = {meeting.host_id} if meeting.host_id else partners.of(meeting).people
    people = {meeting.visitor_id} if kind == K.EXPIRE else {meeting.visitor_id, *answering}
    _write({pk for pk in people if pk and not (by and by.pk == pk)}, kind, meeting=meeting)


def answered(talk: Talk) -> None:
    """Tell a visitor that a question which they had left has an answer; once until they look."""
    known = MeetingNotice.objects.filter(participant=talk.visitor_id, talk=talk, seen_at=None)
    if not known.exists():
        _write({talk.visitor_id}, K.ANSWER, talk=talk)


def _write(people: Collection[int], kind: str, **about: Any) -> None:
    rows = [MeetingNotice(participant_id=pk, kind=kind, at=clock.now(), **about) for pk in sorted(people)]
    made = MeetingNotice.objects.bulk_create(rows)
    if made:
        planning.at(clock.now(), "expo.mail", {"notices": [row.pk for row in made]})


def remind(data: dict[str, Any]) -> Again | None:
    """The job: tell both that their meeting begins, if it still does at that time."""
    meeting = Meeting.objects.select_related(*partners.RELATED).filter(pk=data["meeting"]).first()
    starts = datetime.fromisoformat(data["starts"])
    if meeting and meeting.state == Meeting.State.ACCEPTED and meeting.starts_at == starts > clock.now():
        _write({pk for pk in (meeting.visitor_id, meeting.host_id) if pk}, K.SOON, meeting=meeting)
        events.meeting(meeting)
    return None


def mail(data: dict[str, Any]) -> Again | None:
    """The job: mail what was told, to those who wish it; nobody is reminded by mail who is on the page."""
    since = clock.now() - LATEST
    rows = MeetingNotice.objects.filter(pk__in=data["notices"], sent_at=None, seen_at=None, at__gt=since)
    notices = list(_related(rows))
    silent = {
        (row.edition_id, row.participant_id)
        for row in Availability.objects.filter(participant__in=[row.participant_id for row in notices], mails=False)
    }
    here = present({row.participant_id for row in notices})
    with get_connection() as connection:
        for row in notices:
            wanted = (_edition(row), row.participant_id) not in silent and row.participant.is_active
            if wanted and row.participant.email and row.participant_id not in here and not settings.DEMO:
                _mail(row, connection)
            MeetingNotice.objects.filter(pk=row.pk).update(sent_at=clock.now())
    return None


def _related(rows: Any) -> Any:
    related = [f"meeting__{name}" for name in partners.RELATED]
    return rows.select_related("participant", "talk__exhibitor__edition", *related)


def _edition(row: MeetingNotice) -> int:
    thing = row.meeting or (row.talk and row.talk.exhibitor)
    return thing.edition_id if thing else 0


def _mail(row: MeetingNotice, connection: Any) -> None:
    who = row.participant
    with translation.override(who.language or settings.LANGUAGE_CODE):
        line = line_of(row, partners.names([row.meeting] if row.meeting else []))
        context = {"line": line, "site": settings.SITE_URL, "name": who.name, "meeting": row.meeting}
        context["zone"] = who.timezone or (row.meeting.edition.timezone if row.meeting else "")
        body = render_to_string("expo/mail.txt", context)
        mails.send(who.email or "", f"{line.title}: {line.sentence}", body, connection)


def line_of(row: MeetingNotice, names: Mapping[int, str]) -> Told:
    """A notice as pages and mails show it: who it is about, and what happened."""
    sentence, fresh = str(row.get_kind_display()), row.seen_at is None
    if row.talk:
        return Told(row.at, row.talk.exhibitor.name, row.talk.get_absolute_url(), sentence, fresh=fresh)
    assert row.meeting
    is_visitor = row.meeting.visitor_id == row.participant_id
    other = names.get(row.meeting.pk, "") if is_visitor else row.meeting.visitor.name
    words = _("%(sentence)s: %(topic)s") % {"sentence": sentence, "topic": row.meeting.topic}
    return Told(row.at, other, row.meeting.get_absolute_url(), words, fresh=fresh)


def told(participant: Participant) -> Sequence[Told]:
    """What a participant was told, the newest first."""
    rows = _TOLD.ask(participant.pk)
    names = partners.names([row.meeting for row in rows if row.meeting])
    return [line_of(row, names) for row in rows]


_TOLD: Prepared[MeetingNotice] = Prepared(lambda pk: _related(MeetingNotice.objects.filter(participant=pk))[:MOST])


def unseen(people: Collection[int]) -> Mapping[int, int]:
    """Id -> how many notices that participant has not seen."""
    return dict(_UNSEEN.ask(people))


def seen(participant: Participant) -> None:
    """All of them are seen from now on."""
    MeetingNotice.objects.filter(participant=participant, seen_at=None).update(seen_at=clock.now())


def forget_told(_data: dict[str, Any]) -> None:
    """The job: delete what was told long ago."""
    MeetingNotice.objects.filter(at__lt=clock.now() - KEPT).delete()


INBOX = Inbox(told, unseen, seen)
