"""The kinds of events of the exhibition. Entries hold ids; data.py looks up what they show."""

from typing import Any

from expo.models import Exhibitor, Meeting, StandMessage, Talk, expo_room
from live.audiences import only
from live.log import append, hide
from live.revocations import recheck_room

TEAM = "team"  # the audience of a stand's team


def line(written: StandMessage, participant: int) -> None:
    """ "expo.line": somebody wrote, or staff took it out; it carries the author's client id once."""
    append(_room(written), "expo.line", {"line": str(written.pk)}, participant_id=participant, client_id=written.pk)


def removed(written: StandMessage) -> None:
    """ "expo.line" again: the line says that it was removed."""
    append(_room(written), "expo.line", {"line": str(written.pk)})
    hide(_room(written))


def _room(written: StandMessage) -> str:
    return written.talk.room_key if written.talk else written.exhibitor.room_key


def rings(exhibitor: Exhibitor) -> None:
    """ "expo.rings": who waits at a stand has changed; its team is told, nobody else."""
    append(exhibitor.room_key, "expo.rings", {"exhibitor": exhibitor.pk}, audience=TEAM)


def talk(changed: Talk) -> None:
    """ "expo.talk": a talk was taken, given back or ended; those in it are told."""
    append(changed.room_key, "expo.talk", {"talk": str(changed.pk)})


def team(exhibitor: Exhibitor) -> None:
    """ "expo.team": who is at the stand has changed."""
    append(exhibitor.room_key, "expo.team", {"exhibitor": exhibitor.pk})


def changed(edition_id: int) -> None:
    """What everybody sees of an exhibition has changed: pages that are drawn for many are drawn anew.

    The last lock that a transaction takes, but for those of `closed`.
    """
    hide(expo_room(edition_id))


def closed(exhibitor: Exhibitor) -> None:
    """The stand is no longer public: who follows its room is looked at again."""
    recheck_room(exhibitor.room_key)


def scanned(edition_room: str, participant: int) -> None:
    """ "expo.scanned": who has a person's data has changed; that person is told."""
    _personal(edition_room, "expo.scanned", participant, {"participant": participant})


def meeting(changed: Meeting) -> None:
    """ "expo.meeting": a meeting has changed; its two people are told."""
    for participant in sorted({pk for pk in (changed.visitor_id, changed.host_id or changed.person_id) if pk}):
        data = {"meeting": changed.pk, "of": participant}
        _personal(changed.edition.room_key, "expo.meeting", participant, data)


def _personal(room: str, kind: str, participant: int, data: dict[str, Any]) -> None:
    append(room, kind, data, audience=only(participant))
