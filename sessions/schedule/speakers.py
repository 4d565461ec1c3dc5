"""The speakers of a file and those of the edition: who is who, also when a later export calls somebody otherwise."""

from typing import Any

from common.text import fold_case
from sessions.models import Edition, Speaker
from sessions.schedule.document import IDENTITIES

Wanted = dict[str, dict[str, Any]]  # GUID -> values


def speakers_of(edition: Edition, wanted: Wanted, batch: int) -> dict[str, Speaker]:
    """Write the speakers; GUID of the file -> speaker. Who is known stays the same row, and so keeps the account."""
    stored = list(Speaker.objects.filter(edition=edition).order_by("pk"))
    found = _recognised(stored, wanted)
    changed = [speaker for guid, speaker in found.items() if _changed(speaker, guid, wanted[guid])]
    if changed:
        Speaker.objects.bulk_update(changed, ["guid", "identities", "name", "biography"], batch_size=batch)
    made = [Speaker(edition=edition, guid=guid, **values) for guid, values in wanted.items() if guid not in found]
    return found | {speaker.guid: speaker for speaker in Speaker.objects.bulk_create(made, batch_size=batch)}


def _recognised(stored: list[Speaker], wanted: Wanted) -> dict[str, Speaker]:
    """GUID of the file -> stored speaker: by GUID, then by code, then by id when the name is the same too."""
    by_guid = {speaker.guid: speaker for speaker in stored}
    found = {guid: by_guid[guid] for guid in wanted if guid in by_guid}
    for kind in IDENTITIES:
        taken = {speaker.pk for speaker in found.values()}
        known: dict[str, Speaker] = {}
        for speaker in stored:
            # One stored before identities were kept has one, of any kind.
            if speaker.pk not in taken and (key := (speaker.identities or {kind: speaker.guid}).get(kind)):
                known.setdefault(key, speaker)
        for guid, values in wanted.items():
            speaker_known = known.get(values["identities"].get(kind, ""))
            if guid in found or speaker_known is None or speaker_known.pk in taken:
                continue
            if kind != "id" or fold_case(speaker_known.name) == fold_case(values["name"]):
                found[guid] = speaker_known
                taken.add(speaker_known.pk)
    return found


def _changed(speaker: Speaker, guid: str, values: dict[str, Any]) -> bool:
    """Set what the file says; whether any of it was another before."""
    identities = speaker.identities | values["identities"]
    sure = "guid" in values["identities"] or "guid" not in speaker.identities
    new = values | {"identities": identities, "guid": guid if sure else speaker.guid}
    before = {name: getattr(speaker, name) for name in new}
    for name, value in new.items():
        setattr(speaker, name, value)
    return before != new
