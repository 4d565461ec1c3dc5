"""The models of the exhibition."""

from expo.models.documents import Document
from expo.models.exhibitors import (
    CONTENT,
    Exhibitor,
    ExhibitorStep,
    Expo,
    Favourite,
    HallPlan,
    Kind,
    Member,
    Stand,
    State,
    Upload,
    Video,
    Visit,
    expo_room,
)
from expo.models.leads import FIELDS, Badge, Device, Lead, Source, new_code
from expo.models.logos import Logo
from expo.models.meetings import LENGTH, PENDING, Availability, Booking, Meeting, MeetingNotice
from expo.models.talks import MAX_LINE, WAITING, StandMessage, Talk

__all__ = [
    "CONTENT",
    "Logo",
    "FIELDS",
    "LENGTH",
    "MAX_LINE",
    "PENDING",
    "WAITING",
    "Availability",
    "Badge",
    "Booking",
    "Device",
    "Document",
    "Exhibitor",
    "ExhibitorStep",
    "Expo",
    "Favourite",
    "HallPlan",
    "Kind",
    "Lead",
    "StandMessage",
    "Meeting",
    "MeetingNotice",
    "Member",
    "Source",
    "Stand",
    "State",
    "Talk",
    "Upload",
    "Video",
    "Visit",
    "expo_room",
    "new_code",
]
