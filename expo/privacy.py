"""What the exhibition keeps of a person."""

from typing import Any

from expo import events
from expo.models import (
    Availability,
    Badge,
    Booking,
    Device,
    Favourite,
    Lead,
    Meeting,
    MeetingNotice,
    Member,
    StandMessage,
    Talk,
    Upload,
    Visit,
)
from expo.talking import forget_room, give_back_all
from live.log import hide
from people.models import Participant
from registration.imports import tables


def export(participant: Participant) -> dict[str, Any]:
    """What they saved, visited, wrote, agreed and gave away, and what they noted as staff of a stand."""

    def of(model: Any, *columns: str, **where: Any) -> list[dict[str, Any]]:
        return list(model.objects.filter(**where).order_by("pk").values(*columns))

    mine = {"participant": participant}
    return {
        "expo_teams": of(Member, "exhibitor__name", "email", "invited_at", "here", **mine),
        "expo_saved": of(Favourite, "exhibitor__name", "at", **mine),
        "expo_visits": of(Visit, "exhibitor__name", "at", **mine),
        "expo_talks": of(Talk, "exhibitor__name", "state", "opened_at", "ended_at", visitor=participant),
        "expo_lines": of(StandMessage, "exhibitor__name", "talk_id", "at", "text", author=participant),
        "expo_meetings": of(Meeting, "exhibitor__name", "topic", "starts_at", "state", visitor=participant),
        "expo_hosted": of(Meeting, "exhibitor__name", "topic", "starts_at", "state", host=participant),
        "expo_asked": of(Meeting, "topic", "starts_at", "state", person=participant),
        "expo_availability": of(Availability, "edition__name", "is_open", "opens", "closes", "mails", **mine),
        "expo_notices": of(MeetingNotice, "kind", "at", "seen_at", **mine),
        "expo_devices": of(Device, "exhibitor__name", "name", "made_at", "used_at", made_by=participant),
        "expo_badges": of(Badge, "edition__name", "fields", "made_at", **mine),
        "expo_scans_of_me": of(Lead, "exhibitor__name", "scanned_at", "fields", "withdrawn_at", **mine),
        "expo_scanned": of(Lead, "scanned_at", "rating", "tags", "note", scanned_by=participant),
    }


def forget(participant: Participant) -> None:
    """Badges, leads, talks and meetings of theirs go wholly; what they wrote in a stand's chat goes, too.

    What they noted as staff of a stand is the exhibitor's, and stays without them.
    """
    for member in Member.objects.filter(participant=participant).select_related("exhibitor__edition"):
        give_back_all(member.exhibitor, participant)
        events.team(member.exhibitor)
    talks = list(Talk.objects.filter(visitor=participant))
    for talk in talks:
        forget_room(talk)
    rooms = {
        line.talk.room_key if line.talk else line.exhibitor.room_key
        for line in StandMessage.objects.filter(author=participant).select_related("talk", "exhibitor")
    }
    Booking.objects.filter(what=f"person:{participant.pk}").delete()
    Meeting.objects.filter(host=participant).update(host=None)
    Meeting.objects.filter(person=participant).delete()
    for model, name in ((StandMessage, "author"), (Talk, "visitor"), (Meeting, "visitor"), (Lead, "participant")):
        model.objects.filter(**{name: participant}).delete()
    for own in (Availability, Badge, Favourite, MeetingNotice, Visit, Member):
        own.objects.filter(participant=participant).delete()
    if participant.email:
        Member.objects.filter(participant=None, email=participant.email).delete()
        tables.forget_address(Upload, "team", participant.email.lower())
    Lead.objects.filter(scanned_by=participant).update(scanned_by=None)
    Device.objects.filter(made_by=participant).delete()
    for room in rooms - {talk.room_key for talk in talks}:
        hide(room)
