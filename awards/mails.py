"""Mails of the awards. They are jobs: a mail server that is slow or down costs nobody their submission."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from awards.models import Consent, Entry
from common import clock
from common.languages import spoken
from common.signed import Addresses
from people import mails
from scheduler import planning
from sessions.templatetags.programme import day_at

LINKS = Addresses("awards.consent")


def receipt(entry: Entry) -> None:
    """Have a receipt sent to all authors of an entry, once what is written counts."""
    planning.at(clock.now(), "awards.receipt", {"entry": str(entry.pk)}, key=str(entry.pk))


def ask(consent: Consent) -> None:
    """Have the newest link sent to the person whom an entry honours."""
    planning.at(clock.now(), "awards.consent", {"consent": consent.pk}, key=str(consent.pk))


def send_receipt(data: dict[str, Any]) -> None:
    """The job: one mail to each author, in their language."""
    entry = Entry.objects.select_related("category__call__edition__host_city").filter(pk=data["entry"]).first()
    if entry is None or entry.submitted_at is None:
        return
    with get_connection() as connection:
        for author in entry.authors.filter(is_active=True):
            with translation.override(author.language or settings.LANGUAGE_CODE):
                mails.send(str(author.email), *_receipt(entry, entry.submitted_at), connection)


def _receipt(entry: Entry, submitted_at: datetime) -> tuple[str, str]:
    """Its subject and words."""
    edition = entry.edition
    time = day_at(submitted_at, edition.timezone)
    address = settings.SITE_URL + reverse("awards:own", args=[entry.pk])
    text = _(
        "We have received your entry to the %(call)s.\n\n%(title)s\n%(category)s\n"
        "Receipt %(number)s, %(time)s (%(zone)s)\n\nYou can change it until the closing:\n%(address)s\n"
    ) % {
        "call": entry.call.local["title"],
        "title": entry.title,
        "category": entry.category.local["name"],
        "number": entry.number,
        "time": f"{time:%Y-%m-%d %H:%M}",
        "zone": edition.timezone,
        "address": address,
    }
    subject = _("Receipt %(number)s: your entry is in") % {"number": entry.number}
    return subject, text


def send_consent(data: dict[str, Any]) -> None:
    """The job: the link with which the named person agrees, or takes that back."""
    found = Consent.objects.select_related("entry__category__call").filter(pk=data["consent"]).first()
    if found is None:
        return
    with translation.override(spoken(found.entry.draft.get("language"))):
        path = reverse("awards:consent_link", args=[LINKS.of(found.pk, found.number)])
        given = {"name": found.name, "call": found.entry.call.local["title"], "address": settings.SITE_URL + path}
        if found.given_at or found.refused_at:
            subject = _("Your answer is kept")
            text = _("Hello %(name)s,\n\nyour answer is kept. Should you change your mind:\n%(address)s\n") % given
        else:
            subject = _("Do you agree to be honoured?")
            text = (
                _(
                    "Hello %(name)s,\n\nsomebody enters you for the %(call)s. Nothing is judged without your word. "
                    "Read it, and say whether you agree:\n%(address)s\n\nThe link is yours alone, and works once.\n"
                )
                % given
            )
        mails.send(found.email, subject, text)
