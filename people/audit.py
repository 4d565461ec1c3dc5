"""The record of every moderation and change of rights."""

from typing import Any

from people.models import AuditEntry, Participant


def record(
    by: Participant | None, action: str, scope: str, participant: int | None = None, **details: Any
) -> AuditEntry:
    """Put on record, in the caller's transaction, that `by` did `action` within a scope to a participant (an id).

    `by` is None for what happened by itself at its time. `details` hold ids and choices, never names, addresses or what
    somebody wrote about a person: those can be deleted, entries cannot.
    """
    return AuditEntry.objects.create(
        by_id=by.pk if by else None, action=action, scope=scope, participant_id=participant, details=details
    )


def record_everywhere(by: Participant, action: str, participant: Participant, **details: Any) -> None:
    """The same for what is about an account: an entry for each scope in which the participant holds something."""
    for scope in sorted(participant.scopes_held()) or [""]:
        record(by, action, scope, participant.pk, **details)
