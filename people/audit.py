"""The record of every moderation and change of rights."""

from typing import Any

from people.models import AuditEntry, Participant


def record(
    by: Participant | None, action: str, scope: str, participant: int | None = None, **details: Any
) -> AuditEntry:
    """Write an entry in the caller's transaction: `by` did `action` in a scope to a participant (an id).

    `by` is None for what happens by itself at a set time. `details` hold ids and choices, never names, addresses or
    texts about a person: a person can be deleted, an entry cannot.
    """
    return AuditEntry.objects.create(
        by_id=by.pk if by else None, action=action, scope=scope, participant_id=participant, details=details
    )


def record_everywhere(by: Participant, action: str, participant: Participant, **details: Any) -> None:
    """Write one entry in each scope where the participant holds something; for actions on a whole account."""
    for scope in sorted(participant.scopes_held()) or [""]:
        record(by, action, scope, participant.pk, **details)
