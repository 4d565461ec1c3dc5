"""The projection of a stage: when each session of its running order will really begin and end, as things stand.

Three times are kept apart: planned (the programme), published (what the audience was promised), projected (this).
Everything here is a pure function of the running order and the moment; all times are UTC instants.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

SHORTEST = timedelta(minutes=1)  # of any session
TELLING = timedelta(minutes=3)  # a start that is later by less is not worth telling the audience
NOTHING = timedelta()
LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Phase(StrEnum):
    """Where a session stands for the clock."""

    AHEAD = "ahead"
    RUNNING = "running"
    PAUSED = "paused"
    OVER = "over"


class Kind(StrEnum):
    """How a session behaves when the ones before it take longer."""

    SOFT = "soft"  # it follows them
    HARD = "hard"  # it keeps its start: the one before it is cut, to half its length at most
    BREAK = "break"  # it follows them and gives time back: it still ends in time


@dataclass(frozen=True)
class Cue:
    """One session of a running order: its promises and what really happened."""

    key: int
    start: datetime  # as planned
    end: datetime
    published: datetime  # the start that the audience was promised
    phase: Phase = Phase.AHEAD
    kind: Kind = Kind.SOFT
    least: timedelta = SHORTEST  # what a break is never shortened below
    added: timedelta = NOTHING  # what the caller gave it, or took
    started: datetime | None = None
    paused: timedelta = NOTHING  # in all pauses that are over
    paused_at: datetime | None = None
    ended: datetime | None = None
    prepared: bool = False  # somebody is about to start it

    @property
    def length(self) -> timedelta:
        """How long it may take, without its pauses."""
        return max(SHORTEST, self.end - self.start + self.added)

    @property
    def finishes(self) -> datetime:
        """The end that the audience was promised."""
        return self.published + (self.end - self.start)

    @property
    def on(self) -> bool:
        """Whether it holds the stage."""
        return self.phase in (Phase.RUNNING, Phase.PAUSED)


@dataclass(frozen=True)
class Projected:
    """When a session begins and ends as things stand. An overrun ends now, whatever it was `due` at.

    `missed`: its whole time has gone by on a free stage and nobody started it; it holds up nothing.
    `cut`: how much shorter it is than its length, because what follows keeps its start.
    """

    cue: Cue
    start: datetime
    end: datetime
    due: datetime
    cut: timedelta = NOTHING
    missed: bool = False

    @property
    def offset(self) -> timedelta:
        """How late against what was promised: positive is late (behind), negative early (ahead)."""
        if self.cue.phase == Phase.AHEAD:
            return NOTHING if self.missed else self.start - self.cue.published
        return self.end - self.cue.finishes

    @property
    def moves(self) -> bool:
        """Whether it has yet to begin."""
        return self.cue.phase == Phase.AHEAD and not self.missed


def running_order(cues: Iterable[Cue]) -> list[Cue]:
    """What is over, what holds the stage, then what is ahead by its published start."""
    rank = {Phase.OVER: 0, Phase.RUNNING: 1, Phase.PAUSED: 1, Phase.AHEAD: 2}

    def place(cue: Cue) -> tuple[int, datetime, datetime, int]:
        return rank[cue.phase], cue.started or cue.published, cue.start, cue.key

    return sorted(cues, key=place)


def project(cues: Iterable[Cue], now: datetime) -> list[Projected]:
    """All sessions of one stage in their running order: none begins before it was promised or before the stage is
    free, and none is lost."""
    order = running_order(cues)
    free, projected = LONG_AGO, []
    for cue, following in zip(order, [*order[1:], None], strict=False):
        found = _project(cue, following, free, now)
        projected.append(found)
        if not found.missed:
            free = max(free, found.end)
    return projected


def _project(cue: Cue, following: Cue | None, free: datetime, now: datetime) -> Projected:
    if cue.phase == Phase.OVER:
        start = cue.started or cue.published
        end = max(start, cue.ended or min(now, cue.finishes))
        return Projected(cue, start, end, end)
    if cue.on:
        start = cue.started or cue.published
        pause = now - cue.paused_at if cue.paused_at else NOTHING
        due, cut = _capped(start + cue.length + cue.paused + pause, start, cue, following)
        return Projected(cue, start, max(due, now), due, cut)
    expected = max(cue.published, free)
    if expected + cue.length <= now and not cue.prepared:
        return Projected(cue, cue.published, cue.finishes, cue.finishes, missed=True)
    start = max(expected, now)
    due, cut = _capped(start + cue.length, start, cue, following)
    return Projected(cue, start, due, due, cut)


def _capped(natural: datetime, start: datetime, cue: Cue, following: Cue | None) -> tuple[datetime, timedelta]:
    """The end that leaves the following one its promised start, if it can, and what that takes away."""
    if following is None or cue.kind != Kind.BREAK and following.kind != Kind.HARD:
        return natural, NOTHING
    floor = min(cue.least, cue.length) if cue.kind == Kind.BREAK else cue.length / 2
    end = min(natural, max(following.published, start + floor))
    return end, natural - end


@dataclass(frozen=True)
class Move:
    """A start that would be published anew."""

    key: int
    before: datetime
    after: datetime


@dataclass(frozen=True)
class Offer:
    """What a ripple would publish, and what soaks up the rest: (key, how much) of breaks and of what is cut."""

    moves: tuple[Move, ...]
    absorbed: tuple[tuple[int, timedelta], ...]

    @property
    def most(self) -> int:
        """The longest delay, in minutes."""
        return max(round((move.after - move.before) / SHORTEST) for move in self.moves)


def offer(projected: Sequence[Projected]) -> Offer | None:
    """What should be published now; None while every projected start is close to its published one.

    From the first start that is later by TELLING on, all that are late move, to whole minutes: moving only some could
    turn the order of short sessions.
    """
    ahead = [each for each in projected if each.moves]
    first = next((place for place, each in enumerate(ahead) if each.offset >= TELLING), None)
    if first is None:
        return None
    late = [each for each in ahead[first:] if each.offset > NOTHING]
    moves = tuple(Move(each.cue.key, each.cue.published, whole_minute(each.start)) for each in late)
    absorbed = tuple((each.cue.key, each.cut) for each in projected if each.cut > NOTHING)
    return Offer(moves, absorbed)


def publish(cues: Iterable[Cue], made: Offer) -> list[Cue]:
    """The cues with the starts of an offer as their published ones."""
    after = {move.key: move.after for move in made.moves}
    return [replace(cue, published=after.get(cue.key, cue.published)) for cue in cues]


def whole_minute(moment: datetime) -> datetime:
    """The moment, or the next whole minute."""
    past = timedelta(seconds=moment.second, microseconds=moment.microsecond)
    return moment + (SHORTEST - past) if past else moment


def next_change(projected: Sequence[Projected], now: datetime) -> datetime | None:
    """When, if nothing happens, something else is to be said: an end that passes, a start that nobody took."""
    moments = [moment for each in projected for moment in _moments(each)]
    return min((moment for moment in moments if moment > now), default=None)


def _moments(each: Projected) -> list[datetime]:
    if each.cue.phase == Phase.OVER or each.missed:
        return []
    if each.cue.on:
        return [each.due, each.due + TELLING]
    return [each.cue.published, each.cue.published + TELLING, each.cue.finishes]
