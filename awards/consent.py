"""The consent of the person whom a Leadership entry honours: theirs alone, and theirs to take back."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards import mails, state
from awards.models import Consent, Entry, Kind, State
from common import clock
from people.models import Participant
from people.refusal import Refused


def ask(entry: Entry, name: str, email: str, by: Participant) -> None:
    """Ask the person by mail, the entry being locked. Who has answered is not asked again; another person is."""
    if entry.category.kind != Kind.LEADERSHIP:
        raise Refused(_("This category honours no person."))
    if entry.state not in (State.DRAFT, State.SUBMITTED, State.QUERY):
        raise Refused(_("This entry can no longer be changed. What was saved before stays as it is."))
    if entry.authors.filter(email=email.lower()).exists():
        raise Refused(_("Whoever writes the entry cannot agree in the person’s name. Give the person’s own address."))
    found = Consent.objects.filter(entry=entry).first() or Consent(entry=entry, number=0)
    if found.email.lower() == email.lower() and (found.given_at or found.refused_at):
        raise Refused(_("They have answered already. They have a link to change their mind."))
    found.name, found.email, found.asked_at = name, email, clock.now()
    found.given_at = found.refused_at = None
    _renew(found)
    state.record(by, "ask_consent", entry)


def of_address(address: str) -> Consent | None:
    """What a link is for; None when it is not ours, not the newest, or was used."""
    read = mails.LINKS.read(address)
    entries = Consent.objects.select_related("entry__category__call__edition__host_city")
    return entries.filter(pk=read[0], number=read[1]).first() if read else None


def answer(address: str, agrees: bool) -> Consent:
    """Keep what the person says; the link is used up and another mailed. Raises Refused for one that is used."""
    with transaction.atomic():
        found = of_address(address)
        if found is not None:
            entry = state.MACHINE.current(found.entry_id)  # whoever was faster has used the link
            found = of_address(address)
        if found is None:
            raise Refused(_("This link was used, or a newer one was sent. Look for the newest mail."))
        found.given_at = clock.now() if agrees else None
        found.refused_at = None if agrees else clock.now()
        _renew(found)
        state.record(None, "consent" if agrees else "objection", entry)
        if not agrees and entry.state in state.OBJECTION["object"].sources:
            state.step(entry.pk, "object")
    return found


def _renew(consent: Consent) -> None:
    consent.number += 1
    consent.save()
    mails.ask(consent)


def export(participant: Participant) -> list[dict[str, Any]]:
    """The consents that were asked of somebody's address."""
    asked = Consent.objects.filter(email__iexact=participant.email)
    return list(asked.values("entry_id", "name", "email", "asked_at", "given_at", "refused_at"))
