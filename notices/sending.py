"""Sending what people were told: to their devices, and by mail. One job is a hundred people."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import clock
from common.registry import registry
from notices import history, push
from notices.models import Kind, Notice, Subscription, Wishes
from people.devices import present

LATEST = timedelta(hours=1)  # what could not be sent by then is news no more
Lines = Sequence[dict[str, Any]]


def send(data: dict[str, Any]) -> None:
    """The job: send to these people what they were told at a moment, as each of them wishes."""
    at = datetime.fromisoformat(data["at"])
    notices = Notice.objects.filter(participant__in=data["people"], at=at, sent_at=None)
    if clock.now() - at > LATEST:
        return
    left = set(notices.values_list("participant", flat=True))
    people = registry.participants(left)
    wishes = {each.participant_id: each for each in Wishes.objects.filter(participant__in=left)}
    devices = _devices(left)
    here = present(left)
    with get_connection() as mails:
        for pk, participant in people.items():
            lines = [line for told in history.of(participant, at) for line in told.lines]
            wish = wishes.get(pk) or Wishes(participant=participant)
            if lines and participant.is_active:
                _push(participant, lines, wish, devices.get(pk, ()))
                _mail(participant, lines, wish, mails, is_here=pk in here)
            notices.filter(participant=pk).update(sent_at=clock.now())  # who has it does not get it twice


def _devices(people: Collection[int]) -> dict[int, list[Subscription]]:
    found: dict[int, list[Subscription]] = {}
    for each in Subscription.objects.filter(participant__in=people).order_by("pk"):
        found.setdefault(each.participant_id, []).append(each)
    return found


def _push(participant: Any, lines: Lines, wish: Wishes, devices: Sequence[Subscription]) -> None:
    """To each device, unless it is night for the person. Words of a programme are no reason to buzz."""
    lines = [line for line in lines if line["kind"] != Kind.WORDS]
    local = clock.now().astimezone(ZoneInfo(participant.timezone or settings.TIME_ZONE)).time()
    if not lines or not devices or (participant.timezone and wish.is_quiet(local)):
        return
    with translation.override(participant.language or settings.LANGUAGE_CODE):
        message = message_of(lines)
    for device in devices:
        if not push.send(device, message, _lifetime(lines)):
            device.delete()


def _lifetime(lines: Lines) -> int:
    """Seconds until the first session begins: later, the message is news no more."""
    left = min(line["begins"] for line in lines) - clock.now()
    return max(60, min(int(left.total_seconds()), 24 * 3600))


def message_of(lines: Lines) -> dict[str, str]:
    """What a device shows: of several lines how many they are, and the first ones."""
    first = lines[0]
    reminds = first["kind"] == Kind.REMINDER
    if len(lines) == 1:
        body = first["sentence"][:1].upper() + first["sentence"][1:]
        return {"title": first["title"], "body": body, "url": first["url"], "topic": "remind" if reminds else "changes"}
    title = ngettext("%(n)d session of yours", "%(n)d sessions of yours", len(lines)) % {"n": len(lines)}
    body = "\n".join(f"{line['title']} {line['sentence']}" for line in lines[:4])
    return {"title": title, "body": body, "url": "/notices/", "topic": "remind" if reminds else "changes"}


def _mail(participant: Any, lines: Lines, wish: Wishes, connection: Any, is_here: bool) -> None:
    """One mail. Nobody is reminded by mail of what the page reminds them of."""
    reminds = lines[0]["kind"] == Kind.REMINDER
    wanted = wish.mail_reminders and not is_here if reminds else wish.mail_changes
    lines = [line for line in lines if line["kind"] != Kind.WORDS]
    if not wanted or not lines or not participant.email or settings.DEMO:
        return
    with translation.override(participant.language or settings.LANGUAGE_CODE):
        message = message_of(lines)
        context = {"lines": lines, "site": settings.SITE_URL, "name": participant.name, "reminds": reminds}
        body = render_to_string("notices/mail.txt", context)
        title = _("Soon: %(title)s") if reminds else _("Changed: %(title)s")
        subject = " ".join((title % {"title": message["title"]}).split())[:200]
    EmailMessage(subject, body, to=[participant.email], connection=connection).send()
