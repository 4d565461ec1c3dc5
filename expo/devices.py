"""Scanner apps of stands, in the form of pretix's lead API: a token of each device, an exhibitor's badges by it."""

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common import clock
from common.codes import typed_code
from expo import state
from expo.models import FIELDS, Device, Exhibitor, Lead
from expo.models.leads import ALPHABET, MAX_NOTE, MAX_TAGS
from expo.scanning import Scan, scan, told
from people import limits
from people.models import Participant
from people.refusal import Refused

MOST = 20
LENGTH = 16  # of a token: 80 bits, and short enough to be typed into an app
RELATED = ("exhibitor__edition__host_city", "exhibitor__stand__host_city", "made_by")


def add(exhibitor: Exhibitor, name: str, by: Participant) -> str:
    """A device, and its token: it is told this once. Raises Refused for too many."""
    token = "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))
    with transaction.atomic():
        exhibitor = state.MACHINE.current(exhibitor.pk)
        if exhibitor.devices.count() >= MOST:
            raise Refused(_("A stand has at most %(most)d scanner apps.") % {"most": MOST})
        Device.objects.create(exhibitor=exhibitor, name=name, digest=_digest(token), made_by=by)
        state.record(by, "device", exhibitor)
    return token


def end(exhibitor: Exhibitor, pk: int, by: Participant) -> None:
    """The device reads nothing from now on."""
    with transaction.atomic():
        if Device.objects.filter(exhibitor=exhibitor, pk=pk).delete()[0]:
            state.record(by, "undevice", exhibitor)


def by_token(header: str, address: str) -> Device:
    """The device of "Authorization: Exhibitor <token>". Raises Refused: 401, or 429 for an address that guesses.

    A known token passes whoever guesses there: all stands of a hall share its address, and nobody guesses 80 bits.
    """
    scheme, _blank, token = header.partition(" ")
    known = Device.objects.select_related(*RELATED).filter(digest=_digest(typed_code(token[:100])))
    device = known.first() if scheme == "Exhibitor" else None
    if device is None or not _still_in(device):
        limits.count_try("expo.device", f"address:{address}")
        limits.count_wrong("expo.device", f"address:{address}")
        raise Refused(_("This device is not known. Add it again at the stand’s desk."), 401)
    limits.count("expo.device", f"device:{device.pk}")
    return device


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _still_in(device: Device) -> bool:
    """Whether who added it still belongs to the team: those who leave take their devices with them."""
    team = device.exhibitor.team.filter(participant=device.made_by_id, participant__is_active=True)
    return team.exists()


def take(device: Device, sent: dict[str, Any]) -> Lead:
    """Keep the lead that a device sends; null keeps what was noted. Raises Refused (422) for what cannot be read."""
    code = sent.get("code") or sent.get("lead")
    if not isinstance(code, str) or not 0 < len(code) <= 300:
        raise Refused(_("“code” is the code of the badge."), 422)
    rating = sent.get("rating")
    if rating is not None and (isinstance(rating, bool) or rating not in range(6)):
        raise Refused(_("“rating” is a number from 0 to 5."), 422)
    Device.objects.filter(pk=device.pk).update(used_at=clock.now())
    tags, note = _tags(sent.get("tags")), _line(sent.get("notes"), MAX_NOTE)
    what = Scan(code, _client_id(device, code, sent), _moment(sent.get("scanned")), rating, tags, note)
    return scan(device.exhibitor, device.made_by, what)


def _client_id(device: Device, code: str, sent: dict[str, Any]) -> uuid.UUID:
    """The same for a repeat of the same scan: the apps send no id of their own."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{device.pk}:{code}:{sent.get('scanned') or ''}")


def _moment(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _tags(tags: Any) -> str:
    given = tags if isinstance(tags, list) else [tags]
    return _line(", ".join(tag for tag in given if isinstance(tag, str)), MAX_TAGS)


def _line(text: Any, longest: int) -> str:
    return text.replace("\0", "").strip()[:longest] if isinstance(text, str) else ""


def answer(lead: Lead) -> dict[str, Any]:
    """What a device is told of a lead: of the person only the fields that they give."""
    fields = [{"id": name, "label": str(FIELDS[name]), "value": value} for name, value in told(lead).items()]
    tags = [tag for tag in lead.tags.split(", ") if tag]
    return {"attendee": {"fields": fields}, "rating": lead.rating or None, "tags": tags, "notes": lead.note}


def profile(device: Device) -> dict[str, Any]:
    """What a device shows of its stand."""
    exhibitor = device.exhibitor
    urls = dict.fromkeys(("imprint_url", "privacy_url", "help_url", "logo_url"))
    event = {"name": {"en": exhibitor.edition.name}, "slug": exhibitor.edition.slug, "organizer": "hybrid", **urls}
    return {
        "name": exhibitor.name,
        "booth": str(exhibitor.stand) if exhibitor.stand else None,
        "event": event,
        "notes": True,
        "tags": [],
        "scan_types": [{"key": "lead", "label": "Lead"}],
    }
