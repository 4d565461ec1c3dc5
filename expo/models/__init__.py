"""The models of the exhibition."""

from expo.models.exhibitors import (
    CONTENT,
    Exhibitor,
    ExhibitorStep,
    Expo,
    Favourite,
    Kind,
    Member,
    Stand,
    State,
    Upload,
    Visit,
)
from expo.models.leads import FIELDS, Badge, Lead, new_code
from expo.models.logos import Logo
from expo.models.meetings import LENGTH, PENDING, Booking, Meeting
from expo.models.talks import MAX_LINE, WAITING, StandMessage, Talk

__all__ = [
    "CONTENT",
    "Logo",
    "FIELDS",
    "LENGTH",
    "MAX_LINE",
    "PENDING",
    "WAITING",
    "Badge",
    "Booking",
    "Exhibitor",
    "ExhibitorStep",
    "Expo",
    "Favourite",
    "Kind",
    "Lead",
    "StandMessage",
    "Meeting",
    "Member",
    "Stand",
    "State",
    "Talk",
    "Upload",
    "Visit",
    "new_code",
]
