"""The record of every moderation and change of rights."""

from collections.abc import Iterable, Mapping
from typing import Any

from people.models import AuditEntry, Participant


def record(
    by: Participant | None, action: str, scope: str, participant: int | None = None, **details: Any
) -> AuditEntry:
    """Write an entry in the caller's transaction: `by` did `action` in a scope to a participant (an id).

    `by` is None for what happens by itself at a set time. `details` hold ids and choices, never names, addresses or
    texts about a person: a person can be deleted, an entry cannot.
    """
    entry = _entry(by, action, scope, participant, details)
    entry.save()
    return entry


def record_all(by: Participant | None, action: str, scopes: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Write an entry for each scope with its details, as `record` does, in one statement."""
    AuditEntry.objects.bulk_create([_entry(by, action, scope, None, dict(details)) for scope, details in scopes])


def _entry(
    by: Participant | None, action: str, scope: str, participant: int | None, details: dict[str, Any]
) -> AuditEntry:
    by_id = by.pk if by else None
    return AuditEntry(by_id=by_id, action=action, scope=scope, participant_id=participant, details=details)


def record_everywhere(by: Participant, action: str, participant: Participant, **details: Any) -> None:
    """Write one entry in each scope where the participant holds something; for actions on a whole account."""
    for scope in sorted(participant.scopes_held()) or [""]:
        record(by, action, scope, participant.pk, **details)
