"""Badges and leads: what a scan gives, and how the scanned person takes it back."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common import clock
from common.codes import typed_code
from common.tables import as_csv, as_xlsx
from expo import events
from expo.models import FIELDS, Badge, Exhibitor, Lead, Source, new_code
from people import limits
from people.models import Participant
from people.refusal import Refused
from sessions.models import Edition

TAKEN_BACK_WITHIN = timedelta(hours=24)
OLDEST = timedelta(days=7)  # that a scan may have waited in a device
COLUMNS = [*FIELDS, "rating", "tags", "note", "source", "scanned_at", "scanned_by"]


@dataclass
class Scan:
    """What a scanner sends of one badge; `at` is its own clock's."""

    code: str
    client_id: uuid.UUID
    at: datetime | None = None
    rating: int | None = None
    tags: str = ""
    note: str = ""


def badge_of(edition: Edition, participant: Participant) -> Badge:
    """A participant's badge, made when it is missing."""
    return Badge.objects.get_or_create(edition=edition, participant=participant)[0]


def rotate(badge: Badge) -> None:
    """Another code: whoever has the old one can scan nothing by it."""
    Badge.objects.filter(pk=badge.pk).update(code=new_code(), made_at=clock.now())


def give(badge: Badge, fields: list[str]) -> None:
    """Choose what a scan gives from now on. The name is always given: a lead has to be somebody."""
    chosen = ["name", *(name for name in FIELDS if name in fields and name != "name")]
    Badge.objects.filter(pk=badge.pk).update(fields=chosen)


def code_in(text: str) -> str:
    """The code of what was scanned or typed: the last part of an address, or the code itself."""
    return typed_code(text.strip().rstrip("/").rpartition("/")[2])


def scan(exhibitor: Exhibitor, by: Participant, what: Scan) -> Lead:
    """Keep a lead; a repeat changes what was noted. Raises Refused for a code that is nobody's."""
    limits.count_try("expo.scan", by.pk)
    badge = Badge.objects.filter(edition=exhibitor.edition_id, code=code_in(what.code)).first()
    if badge is None:
        limits.count_wrong("expo.scan", by.pk)
        raise Refused(_("Nobody has this badge. Ask for the newest code."), 404)
    at = _believable(what.at)
    try:
        with transaction.atomic():
            return _keep(exhibitor, by, badge, what, at)
    except IntegrityError:  # two of the team at the same moment
        with transaction.atomic():
            return _keep(exhibitor, by, badge, what, at)


def agree(exhibitor: Exhibitor, who: Participant, fields: list[str], source: str, client_id: uuid.UUID) -> Lead:
    """Somebody gives a stand the fields that they chose, by their own yes; who has given them already gives these."""
    chosen = ["name", *(name for name in FIELDS if name in fields and name != "name")]
    with transaction.atomic():
        Exhibitor.objects.select_for_update(no_key=True).get(pk=exhibitor.pk)
        lead = Lead.objects.filter(exhibitor=exhibitor, participant=who).first()
        if lead is None or lead.withdrawn_at:
            lead = lead or Lead(exhibitor=exhibitor, participant=who)
            lead.source, lead.scanned_by = source, None
            lead.client_id, lead.scanned_at, lead.withdrawn_at = client_id, clock.now(), None
        lead.fields, lead.uploaded_at = chosen, clock.now()
        lead.save()
        events.scanned(exhibitor.edition.room_key, who.pk)
    return lead


def _believable(at: datetime | None) -> datetime:
    now = clock.now()
    return at if at and now - OLDEST < at <= now else now


def _keep(exhibitor: Exhibitor, by: Participant, badge: Badge, what: Scan, at: datetime) -> Lead:
    rows = Lead.objects.select_for_update().filter(exhibitor=exhibitor, participant=badge.participant_id)
    lead = rows.first()
    if lead and lead.withdrawn_at and (at <= lead.withdrawn_at or lead.client_id == what.client_id):
        raise Refused(_("This person has taken their data back."), 410)
    if lead is None or lead.withdrawn_at:
        lead = lead or Lead(exhibitor=exhibitor, participant_id=badge.participant_id)
        lead.client_id, lead.scanned_at, lead.scanned_by = what.client_id, at, by
        lead.source = Source.SCAN
        lead.fields, lead.uploaded_at, lead.withdrawn_at = badge.fields, clock.now(), None
        events.scanned(exhibitor.edition.room_key, badge.participant_id)
    lead.rating = lead.rating if what.rating is None else what.rating
    lead.tags, lead.note = what.tags or lead.tags, what.note or lead.note
    lead.save()
    return lead


def take_back(participant: Participant, lead_id: int) -> None:
    """The scanned person takes the data back: nothing of it stays with the exhibitor. Raises Refused after a day."""
    with transaction.atomic():
        rows = Lead.objects.select_for_update(of=("self",)).select_related("exhibitor__edition")
        lead = rows.filter(pk=lead_id, participant=participant, withdrawn_at=None).first()
        if lead is None:
            raise Refused(_("This is not among your data any more."), 404)
        if clock.now() >= lead.uploaded_at + TAKEN_BACK_WITHIN:
            raise Refused(_("More than 24 hours have gone by. Ask the exhibitor, or delete your account."))
        lead.withdrawn_at, lead.fields, lead.rating, lead.tags, lead.note = clock.now(), [], 0, "", ""
        lead.save()
        events.scanned(lead.exhibitor.edition.room_key, participant.pk)


def leads_of(exhibitor: Exhibitor) -> Any:
    """The leads that an exhibitor has, the newest first."""
    found = Lead.objects.filter(exhibitor=exhibitor, withdrawn_at=None, participant__is_active=True)
    return found.select_related("participant", "scanned_by")


def told(lead: Lead) -> dict[str, str]:
    """What an exhibitor knows of the person: the fields that were given, as they are now."""
    who = lead.participant
    place = ", ".join(part for part in (who.city, who.country) if part)
    known = {
        "name": who.name,
        "organisation": who.organisation,
        "job_title": who.job_title,
        "place": place,
        "email": who.email or "",
    }
    return {name: known[name] for name in FIELDS if name in lead.fields}


def table(exhibitor: Exhibitor) -> list[dict[str, Any]]:
    """The leads as rows of COLUMNS."""
    return [dict.fromkeys(COLUMNS, "") | told(lead) | _noted(lead) for lead in leads_of(exhibitor)]


def _noted(lead: Lead) -> dict[str, Any]:
    return {
        "rating": lead.rating,
        "tags": lead.tags,
        "note": lead.note,
        "source": str(lead.get_source_display()),
        "scanned_at": lead.scanned_at.isoformat(),
        "scanned_by": lead.scanned_by.name if lead.scanned_by else "",
    }


def leads_csv(exhibitor: Exhibitor) -> str:
    """The leads as a table."""
    return as_csv(COLUMNS, table(exhibitor))


def leads_xlsx(exhibitor: Exhibitor) -> bytes:
    """The leads as a workbook."""
    return as_xlsx(COLUMNS, table(exhibitor))
