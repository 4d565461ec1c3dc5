"""From changes of sessions to notices: what changed within half a minute is told together, once to each."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypedDict

from common import clock
from common.contract import Again
from common.registry import registry
from live.log import append
from notices.models import Kind, Notice, Pending
from people.models import Role
from people.permissions import can, is_open
from scheduler import planning
from sessions.changes import place_of
from sessions.models import SCOPE_AND_ACCESS, Edition, Session

TOGETHER = timedelta(seconds=20)  # within which several changes are one notice, and what is taken back is none
AT_ONCE = 1000  # people who are told in one transaction
SEND_AT_ONCE = 100  # people whom one job sends to
KEPT = timedelta(days=60)
WHERE = ("begins", "ends", "stage")


class Announced(TypedDict):
    """What is told of a session: places as sessions/changes.py has them."""

    session: int
    kind: str
    before: dict[str, Any]
    after: dict[str, Any]


def changed(changes: Sequence[tuple[Session, Mapping[str, Any]]]) -> None:
    """Note, in the transaction of the changes, that those who planned around the sessions are to be told soon."""
    pending = Pending.objects.filter(session__in=[session.pk for session, _before in changes])
    known = {each.session_id: each for each in pending}
    new = [Pending(session=session, before=dict(before)) for session, before in changes if session.pk not in known]
    if new:
        Pending.objects.bulk_create(new)
        planning.at(clock.now() + TOGETHER, "notices.tell", {"edition": changes[0][0].edition_id})
    for session, before in changes:
        earlier = known.get(session.pk)
        if earlier and before["reworded"] and not earlier.before["reworded"]:
            earlier.before["reworded"] = True
            earlier.save(update_fields=["before"])


def kind_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What happened between two places; "" when nobody has to be told."""
    if after["cancelled"]:
        return "" if before["cancelled"] else Kind.CANCELLED
    if before["cancelled"]:
        return Kind.AGAIN
    if any(before[name] != after[name] for name in WHERE):
        return Kind.MOVED
    return Kind.WORDS if before.get("reworded") else ""


def tell(data: dict[str, Any]) -> Again | None:
    """The job: find what has changed in an edition, tell open pages, then write notices, so many people at a time."""
    if "lines" not in data:
        lines = _take(data["edition"])
        if not lines:
            return None
        data = data | {"lines": lines, "after": 0, "at": clock.now().isoformat()}
    holders = holders_of({line["session"] for line in data["lines"]})
    people = sorted({pk for found in holders.values() for pk in found if pk > data["after"]})[:AT_ONCE]
    if not people:
        return None
    _write(data["lines"], holders, people, data["at"])
    send(people, data["at"])
    return Again(clock.now(), data | {"after": people[-1]})


def _take(edition_pk: int) -> list[Announced]:
    """What has changed since it was last told. The edition's lock keeps further changes out meanwhile."""
    if not Edition.objects.filter(pk=edition_pk).exists():
        return []
    edition = Edition.locked(edition_pk)
    pending = list(Pending.objects.filter(session__edition=edition).select_related("session").order_by("pk"))
    Pending.objects.filter(pk__in=[each.pk for each in pending]).delete()
    lines: list[Announced] = []
    for each in pending:
        after = dict(place_of(each.session))
        if kind := kind_of(each.before, after):
            lines.append({"session": each.session_id, "kind": kind, "before": each.before, "after": after})
    if lines:
        append(edition.room_key, "notices.told", {"lines": lines})
    return lines


def holders_of(session_ids: Collection[int]) -> dict[int, set[int]]:
    """Session id -> who has it in their agenda: who saved it, and who speaks, moderates or is invited; and may see
    it."""
    holders = {pk: set(registry.savers(session_ids).get(pk, ())) for pk in session_ids}
    scopes = {f"session:{pk}": pk for pk in session_ids}
    roles = Role.objects.filter(scope__in=scopes, participant__is_active=True)
    for scope, participant in roles.values_list("scope", "participant"):
        holders[scopes[scope]].add(participant)
    for session in Session.objects.filter(pk__in=session_ids).only(*SCOPE_AND_ACCESS):
        if not is_open(session) and holders[session.pk]:
            people = registry.participants(holders[session.pk])
            holders[session.pk] = {pk for pk, who in people.items() if can(who, "session.view", session)}
    return holders


def _write(lines: list[Announced], holders: Mapping[int, set[int]], people: list[int], at: str) -> None:
    """A notice for each person and session. One that nobody has seen yet gives way to the newer one."""
    sessions = {line["session"] for line in lines}
    unseen = Notice.objects.filter(participant__in=people, session__in=sessions, seen_at=None)
    known = {(each.participant_id, each.session_id): each for each in unseen.exclude(kind=Kind.REMINDER)}
    Notice.objects.filter(pk__in=[each.pk for each in known.values()]).delete()
    moment = datetime.fromisoformat(at)
    rows = []
    for line in lines:
        for person in holders[line["session"]].intersection(people):
            earlier = known.get((person, line["session"]))
            before = earlier.before if earlier else line["before"]
            kind = kind_of(before, line["after"]) or Kind.AGAIN
            rows.append(
                Notice(
                    participant_id=person,
                    session_id=line["session"],
                    kind=kind,
                    before=before,
                    after=line["after"],
                    at=moment,
                )
            )
    Notice.objects.bulk_create(rows, batch_size=AT_ONCE)


def send(people: list[int], at: str) -> None:
    """Have what these people were told at a moment sent to them, in portions."""
    for start in range(0, len(people), SEND_AT_ONCE):
        planning.at(clock.now(), "notices.send", {"people": people[start : start + SEND_AT_ONCE], "at": at})


def forget_told(_data: dict[str, Any]) -> None:
    """The job: delete notices that are older than KEPT."""
    Notice.objects.filter(at__lt=clock.now() - KEPT).delete()
