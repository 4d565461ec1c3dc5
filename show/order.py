"""The running orders of stages, read from sessions and their steps: two queries, however many stages."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from common import clock
from common.prepared import Prepared
from sessions.models import BEFORE, Session, Status, StatusChange
from show.models import Show
from show.projection import NOTHING, Cue, Kind, Phase, Projected, project

EARLIER, LATER = timedelta(hours=10), timedelta(hours=16)  # of the present moment: the day of a stage
FIELDS = ("title", "stage", "edition", "start", "end", "delayed_start", "status", "stream")
SHOWN = [f"show__{field.name}" for field in Show._meta.concrete_fields]
PHASES = {Status.LIVE: Phase.RUNNING, Status.PAUSED: Phase.PAUSED}


class Step(NamedTuple):
    """A step that a session took and that stands."""

    pk: int
    session: int
    action: str
    at: datetime


@dataclass
class Order:
    """A stage's sessions of the day: as rows and as projected, both in the running order; steps by session id."""

    projected: list[Projected] = field(default_factory=list)
    sessions: dict[int, Session] = field(default_factory=dict)
    shows: dict[int, Show] = field(default_factory=dict)
    last: dict[int, Step] = field(default_factory=dict)  # the newest of each

    @property
    def now(self) -> Projected | None:
        """What holds the stage; of two, the one that began last."""
        return next((each for each in reversed(self.projected) if each.cue.on), None)

    @property
    def ahead(self) -> list[Projected]:
        """What is still to come, in order."""
        return [each for each in self.projected if each.moves]

    @property
    def next(self) -> Projected | None:
        """What comes next."""
        return next(iter(self.ahead), None)

    @property
    def current(self) -> Projected | None:
        """What the stage's clock is about: what is on, else what comes next, else what was last."""
        return self.now or self.next or (self.projected[-1] if self.projected else None)

    def of(self, session_id: int) -> Projected | None:
        """The projection of one session."""
        return next((each for each in self.projected if each.cue.key == session_id), None)


def orders(stage_ids: Collection[int], now: datetime | None = None, earlier: timedelta = EARLIER) -> dict[int, Order]:
    """Stage id -> its running order as things stand, with what began so much `earlier`."""
    now = now or clock.now()
    return _orders(_NEAR.ask(stage_ids, now - earlier, now + LATER), stage_ids, now)


def _near(stage_ids: Collection[int], since: datetime, until: datetime) -> QuerySet[Session]:
    near = Q(begin__gt=since, begin__lt=until) | Q(status__in=list(PHASES))
    sessions = Session.objects.annotate(begin=Coalesce("delayed_start", "start")).filter(near, stage__in=stage_ids)
    return sessions.exclude(status=Status.CANCELLED).select_related("show").only(*FIELDS, *SHOWN).order_by()


_NEAR: Prepared[Session] = Prepared(_near)
_TAKEN: Prepared[tuple[int, int, str, datetime]] = Prepared(
    lambda sessions: (
        StatusChange.objects.filter(session__in=sessions, undone_at=None)
        .order_by("pk")
        .values_list("pk", "session", "action", "at")
    )
)


def order_of(session: Session) -> Order:
    """The running order of the session's stage, with the session whenever it is."""
    now = clock.now()
    order = orders([session.stage_id], now)[session.stage_id]
    if session.pk in order.sessions:
        return order
    return _orders([session], [session.stage_id], now)[session.stage_id]


def _orders(sessions: list[Session], stage_ids: Iterable[int], now: datetime) -> dict[int, Order]:
    keys = [session.pk for session in sessions]
    default, steps = Show(), defaultdict[int, list[Step]](list)
    for values in _TAKEN.ask(keys):
        steps[values[1]].append(Step(*values))
    found = {stage_id: Order() for stage_id in stage_ids}
    for session in sessions:
        order = found[session.stage_id]
        order.sessions[session.pk] = session
        order.shows[session.pk] = getattr(session, "show", default)
        if steps[session.pk]:
            order.last[session.pk] = steps[session.pk][-1]
    for order in found.values():
        order.projected = project((_cue(one, order.shows[pk], steps[pk]) for pk, one in order.sessions.items()), now)
    return found


def _cue(session: Session, show: Show, steps: list[Step]) -> Cue:
    before = session.status in BEFORE
    return Cue(
        key=session.pk,
        start=session.start,
        end=session.end,
        published=session.begins,
        phase=Phase.AHEAD if before else PHASES.get(Status(session.status), Phase.OVER),
        kind=Kind(show.cue),
        least=timedelta(minutes=max(1, show.least)),
        added=timedelta(minutes=show.added),
        prepared=session.status == Status.STARTING,
        **({} if before else _happened(session, steps)),
    )


def _happened(session: Session, steps: list[Step]) -> dict[str, Any]:
    """When it began, was paused and ended, by the steps that stand. Without any (an import): as published."""
    started = paused_at = ended = None
    paused = NOTHING
    for step in steps:
        if step.action == "go_live":
            started = started or step.at
        elif step.action == "pause":
            paused_at = step.at
        elif step.action in ("resume", "end"):
            paused += step.at - paused_at if paused_at else NOTHING
            paused_at = None
            ended = step.at if step.action == "end" else None
    if session.status != Status.PAUSED:
        paused_at = None
    return {"started": started or session.begins, "paused": paused, "paused_at": paused_at, "ended": ended}
