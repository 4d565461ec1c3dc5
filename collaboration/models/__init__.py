"""Commitments, replications and delegations."""

from collaboration.models.commitments import (
    IN_FORCE,
    OPEN_ENDED,
    Commitment,
    CommitmentStep,
    Party,
    Reminder,
    Report,
    Signature,
    Signing,
    State,
    Version,
)
from collaboration.models.delegations import Delegate, Delegation, DelegationTable, FocalPoint, Need
from collaboration.models.notices import Silence, TeamNotice
from collaboration.models.replications import Adaptation, Replication, ReplicationStep, TeamMessage

__all__ = [
    "IN_FORCE",
    "OPEN_ENDED",
    "Adaptation",
    "Commitment",
    "CommitmentStep",
    "Delegate",
    "Delegation",
    "DelegationTable",
    "FocalPoint",
    "Need",
    "Party",
    "Reminder",
    "Replication",
    "ReplicationStep",
    "Report",
    "Signature",
    "Signing",
    "Silence",
    "State",
    "TeamMessage",
    "TeamNotice",
    "Version",
]
