"""What collaboration keeps of a person."""

from typing import Any

from collaboration.models import (
    Adaptation,
    Delegate,
    DelegationTable,
    FocalPoint,
    Need,
    Reminder,
    Report,
    Signature,
    Silence,
    TeamMessage,
    TeamNotice,
)
from people.models import Participant
from registration.imports import tables

PLACE = ("delegation_id", "name", "office", "organisation", "city", "email", "state", "shares_agenda")


def export(participant: Participant) -> dict[str, Any]:
    """What they signed, reported, said and looked for, and where they are on a list."""
    address = participant.email.lower() if participant.email else "-"
    signed = Signature.objects.filter(by=participant)
    listed = Delegate.objects.filter(email__iexact=address)
    columns = ("commitment_id", "says", "words", "value", "evidence", "at")
    return {
        "commitment_signatures": list(signed.values("version__commitment_id", "name", "office", "digest", "at")),
        "commitment_reports": list(Report.objects.filter(by=participant).values(*columns)),
        "commitment_reminders": list(
            Reminder.objects.filter(participant=participant).values("commitment_id", "months", "at")
        ),
        "replication_notices": list(
            TeamNotice.objects.filter(participant=participant).values("replication_id", "kind", "at")
        ),
        "replication_silences": list(Silence.objects.filter(participant=participant).values("replication_id")),
        "replication_messages": list(TeamMessage.objects.filter(author=participant).values("text", "at")),
        "replication_changes": list(Adaptation.objects.filter(by=participant).values("text", "at")),
        "delegation_places": list(listed.values(*PLACE)),
        "delegation_needs": list(Need.objects.filter(by=participant).values("text", "published_at")),
        "focal_point_of": list(FocalPoint.objects.filter(email=address).values("delegation_id")),
    }


def forget(participant: Participant) -> None:
    """Their name goes from what they signed and from lists. A promise, a report and a number stay: they are their
    organisation's. What they wrote to another city's team goes."""
    Signature.objects.filter(by=participant).update(by=None, name="", office="")
    Reminder.objects.filter(participant=participant).delete()
    TeamNotice.objects.filter(participant=participant).delete()
    Silence.objects.filter(participant=participant).delete()
    TeamMessage.objects.filter(author=participant).delete()
    for model in (Report, Adaptation, Need):
        model.objects.filter(by=participant).update(by=None)
    if address := (participant.email or "").lower():
        Delegate.objects.filter(email__iexact=address).delete()
        tables.forget_address(DelegationTable, "email", address)
        FocalPoint.objects.filter(email=address).delete()
