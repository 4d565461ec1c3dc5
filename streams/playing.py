"""What a session's player plays: pure rules, and the data that pages and events show."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.urls import reverse

from common.prepared import Prepared
from sessions import sources
from sessions.models import BEFORE, Session, Status
from streams.cutting import cuts_of
from streams.models import Recording, Rendition, Source, Switch

OFFLINE, WAITING, PREVIEW, LIVE, PAUSED = "offline", "waiting", "preview", "live", "paused"
ENDED, PROCESSING, ON_DEMAND = "ended", "processing", "on_demand"
READ = "_sources_read"  # on a session: its rows, for the next time that they are needed
PLAYS = frozenset({PREVIEW, LIVE, PAUSED, ON_DEMAND})  # states with sources


def state_of(standing: str, has_stream: bool, recording: str | None) -> str:
    """The state of the player. `recording` is the recording's address, "" while it is being prepared."""
    if standing in (Status.LIVE, Status.PAUSED):
        return (LIVE if standing == Status.LIVE else PAUSED) if has_stream else OFFLINE
    if standing == Status.ON_DEMAND:
        return ON_DEMAND if recording or has_stream else OFFLINE
    if standing == Status.ENDED:
        return PROCESSING if recording == "" else ENDED
    if standing == Status.STARTING and has_stream:
        return PREVIEW
    return WAITING if standing in BEFORE else ENDED


def ordered(candidates: Iterable[dict[str, Any]], chosen: str = "") -> list[dict[str, Any]]:
    """The candidates, each address once, the chosen address first."""
    by_address: dict[str, dict[str, Any]] = {}
    for candidate in candidates:
        by_address.setdefault(candidate["address"], candidate)
    return sorted(by_address.values(), key=lambda candidate: candidate["address"] != chosen)


def candidates(session: Session) -> list[dict[str, Any]]:
    """All that may be played in a session, the best first: its own, those of the programme, those of its stage."""
    read: list[Source] | None = session.__dict__.pop(READ, None)  # once: afterwards they may be others
    if read is None:
        read = [] if session.lacks("sources") else _read(_OF.ask(session.pk, session.stage_id))
    own = [_of_row(session, row) for row in read if row.session_id]
    listed = [
        {"address": address, "source": None, "region": "", "plays": _plain(plays)}
        for address in filter(None, map(str.strip, session.stream.splitlines()))
        if (plays := sources.source_of(address))
    ]
    of_stage = [_of_row(session, row) for row in read if not row.session_id]
    switch: Switch | None = getattr(session, "stream_switch", None)
    chosen = switch.address if switch else ""
    return ordered([each for each in (*own, *listed, *of_stage) if each["plays"]], chosen)


_OF: Prepared[Source] = Prepared(lambda session, stage: Source.objects.of(session, stage))


def prepare(sessions: Sequence[Session]) -> None:
    """Read what `data` needs of each of these sessions, with as many queries as for one."""
    prefetch_related_objects(sessions, "stream_switch", "recording")
    pks, stages = {session.pk for session in sessions}, {session.stage_id for session in sessions}
    rows = _read(Source.objects.within(Q(session__in=pks) | Q(stage__in=stages)))
    for session in sessions:
        theirs = (session.pk, session.stage_id)
        session.__dict__[READ] = [row for row in rows if row.session_id == theirs[0] or row.stage_id == theirs[1]]


def _read(sources_of: Iterable[Source]) -> list[Source]:
    """The sources with their renditions, which only those of HLS have."""
    rows = list(sources_of)
    prefetch_related_objects([row for row in rows if row.plays and row.plays.kind == sources.HLS], "renditions")
    return rows


def _of_row(session: Session, row: Source) -> dict[str, Any]:
    plays = _plain(row.plays) if row.plays else None
    if plays and plays["kind"] == sources.HLS and (renditions := list(row.renditions.all())):
        plays["src"] = reverse("streams:list", args=[session.pk, row.pk])
        plays["pictures"] = pictures(renditions)
    return {"address": row.address, "source": row, "region": row.region, "plays": plays}


def pictures(renditions: Sequence[Rendition]) -> list[dict[str, str]]:
    """What can be chosen instead of the first picture: signed ones, and none to save data."""
    signed = [each for each in renditions if each.kind == Rendition.Kind.SIGN]
    found = [{"key": str(each.pk), "name": each.name, "language": each.language} for each in signed]
    if any(each.kind == Rendition.Kind.AUDIO for each in renditions):
        found.append({"key": "sound", "name": "", "language": ""})
    return found


def _plain(source: sources.Source) -> dict[str, Any]:
    return {"kind": source.kind, "src": source.src, "type": source.type}


def data(session: Session) -> dict[str, Any]:
    """What the player of a session shows: its state, what it plays, and a key that is the same for the same."""
    kept: Recording | None = getattr(session, "recording", None)
    recording = kept.address if kept else None
    found = candidates(session)
    state = state_of(session.status, bool(found), recording)
    if state == ON_DEMAND and recording and (plays := sources.source_of(recording)):
        found = [{"address": recording, "region": "", "plays": _plain(plays)}]
    playable = [each["plays"] | {"region": each["region"]} for each in found] if state in PLAYS else []
    digest = hashlib.blake2b(json.dumps(playable, sort_keys=True).encode(), digest_size=6).hexdigest()
    shown: dict[str, Any] = {"state": state, "sources": playable, "key": digest}
    if state == ON_DEMAND:
        cuts = cuts_of(session, kept if recording else None)
        shown["recorded"] = {
            "number": kept.number if kept else 0,
            "marks": cuts.marks,
            "offset": kept.offset if kept else 0,
        }
    return shown
