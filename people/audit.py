"""The record of every moderation and change of rights."""

from typing import Any

from people.models import AuditEntry, Participant


def record(
    by: Participant | None, action: str, scope: str, participant: int | None = None, **details: Any
) -> AuditEntry:
    """Put on record, in the caller's transaction, that `by` did `action` within a scope to a participant (an id).

    `details` hold what was changed, never names or addresses.
    """
    return AuditEntry.objects.create(
        by_id=by.pk if by else None, action=action, scope=scope, participant_id=participant, details=details
    )
