"""The speakers of a file and those of the edition: which is which, also when a later export names one differently."""

from typing import Any

from common.text import fold_case
from sessions.models import Edition, Speaker
from sessions.schedule import photos
from sessions.schedule.document import IDENTITIES
from sessions.schedule.identity import exported

Listed = dict[str, dict[str, Any]]  # GUID -> values


def speakers_of(edition: Edition, listed: Listed, batch: int) -> dict[str, Speaker]:
    """Write the speakers; GUID of the file -> speaker. A stored speaker keeps the row, and so the account."""
    stored = list(Speaker.objects.filter(edition=edition).order_by("pk"))
    ours = _ours(edition, stored, listed)
    listed = {ours.get(guid, guid): _without(values, guid in ours) for guid, values in listed.items()}
    matches = _recognised(stored, listed)
    changed = [speaker for guid, speaker in matches.items() if _changed(speaker, guid, listed[guid])]
    if changed:
        Speaker.objects.bulk_update(
            changed, ["guid", "identities", "name", "biography", "photo_from"], batch_size=batch
        )
    made = [Speaker(edition=edition, guid=guid, **values) for guid, values in listed.items() if guid not in matches]
    written = matches | {speaker.guid: speaker for speaker in Speaker.objects.bulk_create(made, batch_size=batch)}
    photos.plan(edition)
    return written | {guid: written[stored_guid] for guid, stored_guid in ours.items()}


def _ours(edition: Edition, stored: list[Speaker], listed: Listed) -> dict[str, str]:
    """GUID of the file -> stored GUID, for speakers whom we exported under a GUID that was made for the file."""
    known = {speaker.guid for speaker in stored}
    made = {exported(edition.pk, "speaker", guid_of(speaker)): speaker.guid for speaker in stored}
    return {guid: made[guid] for guid in listed if guid in made and guid not in known}


def guid_of(speaker: Speaker) -> str:
    """The GUID that a file gave them, else the one by which we know them."""
    return str((speaker.identities or {}).get("guid", speaker.guid))


def _without(values: dict[str, Any], is_ours: bool) -> dict[str, Any]:
    """The values without a GUID that is ours only."""
    if not is_ours:
        return values
    identities = {kind: value for kind, value in values["identities"].items() if kind != "guid"}
    return values | {"identities": identities}


def _recognised(stored: list[Speaker], listed: Listed) -> dict[str, Speaker]:
    """GUID of the file -> stored speaker: by GUID, then by code, then by id when the name is the same too."""
    by_guid = {speaker.guid: speaker for speaker in stored}
    matches = {guid: by_guid[guid] for guid in listed if guid in by_guid}
    for kind in IDENTITIES:
        matched = {speaker.pk for speaker in matches.values()}
        by_key: dict[str, Speaker] = {}
        for speaker in stored:
            # One stored before identities were kept has one, of any kind.
            if speaker.pk not in matched and (key := (speaker.identities or {kind: speaker.guid}).get(kind)):
                by_key.setdefault(key, speaker)
        for guid, values in listed.items():
            candidate = by_key.get(values["identities"].get(kind, ""))
            if guid in matches or candidate is None or candidate.pk in matched:
                continue
            if kind != "id" or fold_case(candidate.name) == fold_case(values["name"]):
                matches[guid] = candidate
                matched.add(candidate.pk)
    return matches


def _changed(speaker: Speaker, guid: str, values: dict[str, Any]) -> bool:
    """Set what the file says; returns whether any of it differs from before."""
    identities = speaker.identities | values["identities"]
    sure = "guid" in values["identities"] or "guid" not in speaker.identities
    new = values | {"identities": identities, "guid": guid if sure else speaker.guid}
    before = {name: getattr(speaker, name) for name in new}
    for name, value in new.items():
        setattr(speaker, name, value)
    return before != new
