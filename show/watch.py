"""What somebody has to see to: warnings of a stage, who moderates it, speakers who are on two stages at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models.functions import Coalesce

from people.devices import present
from people.models import Role
from people.permissions import MODERATOR
from sessions.models import BEFORE, ON_AIR, Edition, Session
from show.order import Order
from show.projection import Phase, Projected

Warnings = list[tuple[str, int, list[str]]]  # name, level (3: now), what it is about
SOON = timedelta(minutes=10)
GRACE = timedelta(minutes=1)  # for starting in time
FORGOTTEN_FOR = timedelta(hours=1)
MOST = 3  # names


def warnings(
    order: Order, moderators: list[tuple[str, bool]], twice: Mapping[int, list[str]], now: datetime
) -> Warnings:
    """What is wrong on a stage, the most urgent first."""
    found: Warnings = []
    near = [each for each in order.projected if each.cue.on or (each.moves and each.start <= now + SOON)]
    following = order.next
    if following and not order.now and not following.cue.prepared and following.cue.published + GRACE <= now:
        found.append(("unstarted", 3, [order.sessions[following.cue.key].title]))
    if len([each for each in order.projected if each.cue.on]) > 1:
        found.append(("two", 3, []))
    if near and not any(here for _name, here in moderators):
        found.append(("moderator", 2, []))
    if without := [order.sessions[each.cue.key] for each in near if not order.sessions[each.cue.key].stream.strip()]:
        found.append(("stream", 2, [session.title for session in without[:MOST]]))
    names = [name for each in (order.now, order.next) if each for name in twice.get(each.cue.key, [])]
    if names:
        found.append(("twice", 2, list(dict.fromkeys(names))[:MOST]))
    missed = [each for each in order.projected if each.missed and now - each.end < FORGOTTEN_FOR]
    if missed:
        found.append(("missed", 1, [order.sessions[each.cue.key].title for each in missed[:MOST]]))
    return sorted(found, key=lambda warning: -warning[1])


def moderators(edition: Edition, found: Mapping[int, Order]) -> dict[int, list[tuple[str, bool]]]:
    """Stage id -> its moderators and those of its present session, and whether each is here; without any of their
    own, those of the edition who are here."""
    scopes = {f"stage:{stage}": stage for stage in found}
    for stage, order in found.items():
        scopes |= {f"session:{each.cue.key}": stage for each in (order.now, order.next) if each}
    whole = f"edition:{edition.pk}"
    roles = Role.objects.filter(name=MODERATOR, scope__in=[*scopes, whole]).order_by("participant__name", "pk")
    held = list(roles.values_list("scope", "participant", "participant__name"))
    here = present({participant for _scope, participant, _name in held})
    own: defaultdict[int, dict[int, tuple[str, bool]]] = defaultdict(dict)
    for scope, participant, name in held:
        if scope != whole:
            own[scopes[scope]][participant] = (name, participant in here)
    others = [(name, True) for scope, participant, name in held if scope == whole and participant in here]
    return {stage: sorted(own[stage].values(), key=lambda who: not who[1]) or others for stage in found}


def speakers_twice(shown: Collection[Projected]) -> dict[int, list[str]]:
    """Session id -> names of its speakers who are, or will be, on another stage during its projected time."""
    links: Any = Session.speakers.through.objects
    keys = {each.cue.key: each for each in shown}
    speaking = list(links.filter(session__in=keys).values_list("session", "speaker", "session__stage"))
    if not speaking:
        return {}
    starts = Coalesce("session__delayed_start", "session__start")
    elsewhere = links.annotate(begin=starts).filter(
        speaker__in={speaker for _session, speaker, _stage in speaking},
        session__status__in=BEFORE | ON_AIR,
        begin__lt=max(each.end for each in shown),
        begin__gt=min(each.start for each in shown) - timedelta(hours=12),
    )
    columns = ("speaker", "speaker__name", "session__stage", "begin", "session__start", "session__end", "session")
    times: defaultdict[int, list[tuple[str, int, datetime, datetime]]] = defaultdict(list)
    for speaker, name, stage, begin, start, end, session in elsewhere.values_list(*columns):
        known = keys.get(session)
        until = known.end if known else end + (begin - start)
        times[speaker].append((name, stage, known.start if known else begin, until))
    return _overlaps(keys, speaking, times)


def _overlaps(
    keys: Mapping[int, Projected],
    speaking: Iterable[tuple[int, int, int]],
    times: Mapping[int, list[tuple[str, int, datetime, datetime]]],
) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for session, speaker, stage in speaking:
        each = keys[session]
        if each.cue.phase == Phase.OVER:
            continue
        for name, other, start, end in times[speaker]:
            if other != stage and start < each.end and each.start < end and name not in found[session]:
                found[session].append(name)
    return found
