"""A participant's notices, the newest first; what was told at one moment is one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count

from common.contract import Place
from common.prepared import Prepared
from common.registry import registry
from notices.models import Kind, Notice
from notices.words import sentence, stages_of, zone_of
from people.models import Participant
from people.permissions import can, is_open
from sessions.models import Session, Status

MOST = 100  # lines
_UNSEEN = Prepared(
    lambda people: (
        Notice.objects.filter(participant__in=people, seen_at=None)
        .order_by()
        .values_list("participant")
        .annotate(count=Count("at", distinct=True))
    )
)


@dataclass
class Told:
    """What was told at a moment: a line for each session. `fresh`: it has not been seen before."""

    at: datetime
    fresh: bool
    lines: list[dict[str, Any]] = field(default_factory=list)


def of(participant: Participant) -> list[Told]:
    """The notices about what the participant may see now, and what other apps tell them."""
    rows = list(Notice.objects.filter(participant=participant)[:MOST])
    sessions = _sessions(participant, {row.session_id for row in rows})
    stages = stages_of((row.before, row.after) for row in rows)
    shown = [row for row in rows if row.session_id in sessions]
    found = []
    for moment, group in groupby(shown, lambda row: row.at):
        same = list(group)
        lines = [line_of(row, sessions[row.session_id], stages) for row in same]
        found.append(Told(moment, any(row.seen_at is None for row in same), lines))
    found += [_beside(each) for inbox in registry.all("inbox") for each in inbox.told(participant)]
    return sorted(found, key=lambda told: told.at, reverse=True)


def _beside(told: Any) -> Told:
    """What another app tells, as a line of ours."""
    line = {"title": told.title, "url": told.url, "sentence": told.sentence, "zone": ""}
    return Told(told.at, told.fresh, [line])


def _sessions(participant: Participant, pks: Collection[int]) -> dict[int, Session]:
    visible = Session.objects.filter(pk__in=pks).visible_to(participant)
    return {session.pk: session for session in visible.defer("abstract", "abstract_folded", "title_folded")}


def lines_of(rows: Sequence[Notice], people: Mapping[int, Any]) -> dict[int, list[dict[str, Any]]]:
    """Id of a participant -> lines of their rows about what they may see: some queries for all of them."""
    scoped = Session.objects.select_related("edition", "stage__host_city").defer("abstract", "abstract_folded")
    found = scoped.in_bulk({row.session_id for row in rows})
    stages = stages_of((row.before, row.after) for row in rows)
    lines: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        session, who = found[row.session_id], people.get(row.participant_id)
        if who is not None and who.is_active and (is_open(session) or can(who, "session.view", session)):
            lines.setdefault(who.pk, []).append(line_of(row, session, stages))
    return lines


def line_of(row: Notice, session: Session, stages: Any) -> dict[str, Any]:
    """A line as pages, mails and devices show it."""
    reason = session.status_reason if session.status == Status.CANCELLED else ""
    return {
        "kind": row.kind,
        "session": row.session_id,
        "title": session.title,
        "url": session.get_absolute_url(),
        "begins": session.begins,
        "zone": "" if row.kind in (Kind.CANCELLED, Kind.WORDS) else zone_of(row.after, stages),
        "sentence": sentence(row.kind, row.before, row.after, stages, reason),
    }


def own(places: Sequence[Place]) -> list[dict[str, int]]:
    """How many notices each participant has not seen, whatever the edition: it comes with the join."""
    people = {who for who, _edition in places}
    counts = dict(_UNSEEN.ask(people))
    for inbox in registry.all("inbox"):
        for who, number in inbox.unseen(people).items():
            counts[who] = counts.get(who, 0) + number
    return [{"unseen": counts.get(who, 0)} for who, _edition in places]
