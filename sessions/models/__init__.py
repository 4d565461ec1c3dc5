"""The programme: editions, host cities, stages, strands, themes, sessions, speakers."""

from sessions.models.calendar import Told
from sessions.models.edition import Edition, HostCity, Speaker, Stage, Strand, Theme
from sessions.models.session import BEFORE, ON_AIR, SCOPE_AND_ACCESS, Session, Status, StatusChange

__all__ = [
    "BEFORE",
    "ON_AIR",
    "SCOPE_AND_ACCESS",
    "Edition",
    "HostCity",
    "Session",
    "Speaker",
    "Stage",
    "Status",
    "StatusChange",
    "Strand",
    "Theme",
    "Told",
]
