"""The programme: editions, host cities, stages, strands, themes, sessions, speakers."""

from sessions.models.calendar import Told
from sessions.models.edition import Edition, HostCity, Speaker, Stage, Strand, Theme
from sessions.models.picture import EditionLogo, SpeakerPhoto
from sessions.models.session import BEFORE, ON_AIR, SCOPE_AND_ACCESS, Session, Status, StatusChange

__all__ = [
    "BEFORE",
    "ON_AIR",
    "SCOPE_AND_ACCESS",
    "Edition",
    "EditionLogo",
    "HostCity",
    "Session",
    "Speaker",
    "SpeakerPhoto",
    "Stage",
    "Status",
    "StatusChange",
    "Strand",
    "Theme",
    "Told",
]
