"""A mail to somebody whom another would like to write to: who that is, and where one answers. Never what they wrote."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from common import clock
from common.registry import registry
from networking import listing
from networking.models import Conversation
from networking.state import RELATED
from people import mails
from people.devices import present

LATEST = timedelta(hours=1)  # what could not be sent by then is news no more


def mail(data: dict[str, Any]) -> None:
    """The job: tell who was asked, if they wish mails, are not here, and have neither answered nor looked meanwhile."""
    since = clock.now() - LATEST
    waiting = Conversation.objects.filter(state=Conversation.State.REQUESTED, asked_news__gt=0, begun_at__gt=since)
    found = waiting.filter(pk=data["conversation"], asked__is_active=True, asker__is_active=True)
    conversation = found.select_related(*RELATED).first()
    if conversation is None or settings.DEMO or not conversation.asked.email:
        return
    who, other = conversation.asked, conversation.asker
    if listing.are_apart(who.pk, other.pk) or who.pk in present([who.pk]) or who.pk not in registry.wish_mail([who.pk]):
        return
    with translation.override(who.language or settings.LANGUAGE_CODE):
        context = {"name": who.name, "other": other.name, "conversation": conversation, "site": settings.SITE_URL}
        body = render_to_string("networking/mail.txt", context)
        subject = _("%(name)s would like to write to you") % {"name": other.name}
    mails.send(who.email or "", subject, body)
