"""Publishing the draft: all that is chosen in one transaction, through the log, so that open pages change."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from common.registry import registry
from live.log import append
from live.revocations import recheck_room
from people import audit
from people.models import Participant, Role
from people.refusal import Refused
from planning import people
from planning.differences import Names, difference
from planning.models import Change, Kind, Release
from planning.working import PLACE, WORDS, Item, items_of
from sessions import access, changes, events, speaking, status
from sessions.data import session_detail
from sessions.models import Edition, Session, Status

PLAIN = ("title", "abstract", "format", "languages", "poster")
IDS = ("stage", "strand", "theme")


def release(edition: Edition, drafts: Collection[int], comment: str, by: Participant) -> Release:
    """Publish these drafts (ids) of a locked edition as one version. Raises Refused, and then nothing is published."""
    items = [item for item in items_of(edition, drafted=True, full=True) if item.draft and item.draft.pk in drafts]
    if not any(item.kind for item in items):
        raise Refused(_("Nothing differs from what is published."), 422)
    version = Release.last_version(edition) + 1
    made = Release.objects.create(edition=edition, version=version, comment=comment, by=by)
    names = Names(edition)
    with events.together():
        sessions = [_publish(made, item, names, by) for item in items]
        append(edition.room_key, "planning.released", {"release": made.pk})
        events.on_air_changed([Session.objects.for_display().get(pk=sessions[-1].pk)])
    audit.record(by, "planning.release", edition.room_key, version=version, sessions=len(sessions))
    return made


def _publish(made: Release, item: Item, names: Names, by: Participant) -> Session:
    kind, changed = item.kind, item.changed
    before, after = difference(item, names)
    session = _create(made.edition, item, names, by) if item.published is None else _change(item, changed, names, by)
    if "speakers" in item.values and (item.published is None or "speakers" in changed):
        _speakers(session, people.resolve(made.edition, item.values["speakers"], names.speakers), by)
    if "cancelled" in changed and item.published is not None:
        session = status.step(session.pk, "cancel", by, reason=made.comment[:200])
    if kind:
        Change.objects.create(release=made, session=session, kind=kind, before=before, after=after)
    if item.draft:
        item.draft.delete()
    if item.published is not None:
        _tell(session)
    return session


def _create(edition: Edition, item: Item, names: Names, by: Participant) -> Session:
    values = item.values
    ids = {f"{name}_id": names.value(name, values) for name in IDS}
    plain = {name: values[name] for name in (*PLAIN, "stream", "visibility", "visible_passes") if name in values}
    embargo = values.get("embargo_until")
    session = Session.objects.create(
        edition=edition,
        guid=item.draft.guid if item.draft else "",
        start=item.start,
        end=item.end,
        embargo_until=datetime.fromisoformat(embargo) if embargo else None,
        **ids,
        **plain,
    )
    access.on_record(session, by)
    return session


def _change(item: Item, changed: list[str], names: Names, by: Participant) -> Session:
    """Set what differs. A session that moves begins as planned: a delay of the old time is over."""
    session = Session.locked(item.session or 0)
    before = changes.place_of(session)
    if set(changed) & set(PLACE) and session.on_air:
        message = _("“%(title)s” is on air: it is moved from its own page.")
        raise Refused(message % {"title": session.title})
    columns = set(changed) & {*PLAIN, *IDS}
    for name in columns:
        setattr(session, f"{name}_id" if name in IDS else name, names.value(name, item.values))
    if {"start", "end"} & set(changed):
        session.start, session.end, session.delayed_start = item.start, item.end, None
        session.status = Status.SCHEDULED if session.status == Status.DELAYED else session.status
        columns |= {"start", "end", "delayed_start", "status"}
    session.save(update_fields=columns)
    if "strand" in changed:
        audit.record(by, "session.strand", session.room_key, strand=session.strand_id)
    if {"strand", "stage"} & set(changed):  # others may follow and direct it
        recheck_room(session.room_key)
    changes.tell([(session, before)], reworded=bool(set(changed) & {*WORDS}))
    return session


def _speakers(session: Session, after: set[int], by: Participant) -> None:
    before = set(session.speakers.values_list("pk", flat=True))
    new, gone = after - before, before - after
    session.speakers.add(*new)
    session.speakers.remove(*gone)
    speaking.follow([(session.pk, pk) for pk in new], [(session.pk, pk) for pk in gone], by)


def _tell(session: Session) -> None:
    """Who is on the session's page sees its new words and times."""
    session = Session.objects.for_display().get(pk=session.pk)
    detail = session_detail(session)
    append(session.room_key, "sessions.status", {"item": detail}, parent=session.edition.room_key)
    append(session.room_key, "planning.changed", {"session": session.pk})


def touched(items: Collection[Item]) -> dict[str, dict[str, int]]:
    """Key -> how many "people" have the session among their own, and how many "speakers" it has or had."""
    people_of = concerned(items)
    return {
        item.key: {
            "people": len(people_of.get(item.key, ())),
            "speakers": len({*item.values["speakers"], *(item.published or {}).get("speakers", [])}),
        }
        for item in items
    }


def concerned(items: Collection[Item]) -> dict[str, set[int]]:
    """Key -> the ids of the people who have the session among their own."""
    scopes = {f"session:{item.session}": item.key for item in items if item.session}
    people_of: dict[str, set[int]] = {key: set() for key in scopes.values()}
    for scope, participant in Role.objects.filter(scope__in=scopes).values_list("scope", "participant"):
        people_of[scopes[scope]].add(participant)
    for session, savers in registry.savers([item.session for item in items if item.session]).items():
        people_of[f"s{session}"].update(savers)
    return people_of


def summary(items: Collection[Item]) -> list[tuple[Any, int]]:
    """How many sessions are new, moved, cancelled or have other words, as (label, number)."""
    kinds = [item.kind for item in items]
    return [(kind.label, kinds.count(kind)) for kind in Kind if kind in kinds]
