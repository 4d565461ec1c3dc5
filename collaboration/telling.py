"""Telling both sides of a replication what the other has done: on their page of notices, and by mail."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from collaboration import speaking
from collaboration.models import Replication, Silence, TeamNotice
from common import clock
from common.contract import Told
from common.prepared import Prepared
from people import mails
from people.devices import present
from people.models import Participant
from scheduler import planning

K = TeamNotice.Kind
MOST = 50  # lines
MOST_PEOPLE = 200  # of one side who are told
LATEST = timedelta(hours=1)  # what could not be sent by then, the page alone says
KEPT = timedelta(days=60)


def tell(replication: Replication, kind: str, by: Participant, *, from_team: bool = False) -> None:
    """Tell the other side, in the transaction in which it happens. Who has not looked yet is told once of a kind."""
    side = speaking.of_city(replication.city) if from_team else speaking.of_team(replication.case)
    about = {"replication": replication, "kind": kind, "from_team": from_team}
    waiting = TeamNotice.objects.filter(**about, seen_at=None).values("participant")
    people = side.exclude(pk=by.pk).exclude(pk__in=waiting).order_by("pk")[:MOST_PEOPLE]
    rows = [TeamNotice(participant=who, at=clock.now(), **about) for who in people]
    if made := TeamNotice.objects.bulk_create(rows):
        planning.at(clock.now(), "collaboration.tell", {"notices": [row.pk for row in made]})


def mail(data: dict[str, Any]) -> None:
    """The job: mail what was told, to those who are not on the page and have not said that they wish none."""
    since = clock.now() - LATEST
    rows = TeamNotice.objects.filter(pk__in=data["notices"], sent_at=None, seen_at=None, at__gt=since)
    notices = list(rows.select_related("participant", "replication__case", "replication__city"))
    here = present({row.participant_id for row in notices})
    silent = _silent(notices)
    with get_connection() as connection:
        for row in notices:
            who = row.participant
            wanted = (row.replication_id, who.pk) not in silent and who.pk not in here
            if wanted and who.email and who.is_active and not settings.DEMO:
                _mail(row, connection)
            TeamNotice.objects.filter(pk=row.pk).update(sent_at=clock.now())


def _silent(notices: Sequence[TeamNotice]) -> Collection[tuple[int, int]]:
    found = Silence.objects.filter(replication__in={row.replication_id for row in notices})
    return set(found.values_list("replication", "participant"))


def _mail(row: TeamNotice, connection: Any) -> None:
    who = row.participant
    with translation.override(who.language or settings.LANGUAGE_CODE):
        line = line_of(row)
        body = render_to_string(
            "collaboration/told.txt",
            {"line": line, "site": settings.SITE_URL, "name": who.name, "case": str(row.replication.case)},
        )
        mails.send(who.email or "", f"{line.title} {line.sentence}", body, connection)


def line_of(row: TeamNotice) -> Told:
    """A notice as pages and mails show it: the city, or the case, and what happened."""
    case, city = str(row.replication.case), row.replication.city.name
    title, sentence = (case, _("its team has answered")) if row.from_team else (city, _sentence(row, case))
    return Told(row.at, title, row.replication.get_absolute_url(), sentence, fresh=row.seen_at is None)


def _sentence(row: TeamNotice, case: str) -> str:
    return _("%(sentence)s: %(topic)s") % {"sentence": row.get_kind_display(), "topic": case}


def told(participant: Participant) -> Sequence[Told]:
    """What a participant was told, the newest first."""
    return [line_of(row) for row in _TOLD.ask(participant.pk)]


_TOLD = Prepared(
    lambda pk: TeamNotice.objects.filter(participant=pk).select_related("replication__case", "replication__city")[:MOST]
)


def be_silent(replication: Replication, participant: Participant, silent: bool) -> None:
    """Send somebody no more mails about a replication, or send them again."""
    if silent:
        Silence.objects.get_or_create(replication=replication, participant=participant)
    else:
        Silence.objects.filter(replication=replication, participant=participant).delete()


def forget_told(_data: dict[str, Any]) -> None:
    """The job: delete what was told long ago."""
    TeamNotice.objects.filter(at__lt=clock.now() - KEPT).delete()
