"""Participants, what gives and takes their rights, their ways in, and the record."""

from people.models.participant import MAX_NAME, Participant, valid_zone
from people.models.record import AuditEntry, OnRecord
from people.models.rights import Ban, BanMark, Pass, Registration, Role
from people.models.steps import TakenStep
from people.models.ways_in import EventCode, FirstLink, JoinLink

__all__ = [
    "MAX_NAME",
    "AuditEntry",
    "Ban",
    "BanMark",
    "EventCode",
    "FirstLink",
    "JoinLink",
    "OnRecord",
    "Participant",
    "Pass",
    "Registration",
    "Role",
    "TakenStep",
    "valid_zone",
]
