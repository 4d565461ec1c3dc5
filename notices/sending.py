"""Sending what people were told: to their devices, and by mail. One job is a hundred people."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import clock
from common.registry import registry
from notices import history, push
from notices.models import Kind, Notice, Subscription, Wishes
from notices.watching import watching
from people import mails
from people.devices import present

LATEST = timedelta(hours=1)  # what could not be sent by then is news no more
Lines = Sequence[dict[str, Any]]


def send(data: dict[str, Any]) -> None:
    """The job: send to these people what they were told at a moment, as each of them wishes."""
    at = datetime.fromisoformat(data["at"])
    notices = Notice.objects.filter(participant__in=data["people"], at=at, sent_at=None)
    if clock.now() - at > LATEST:
        return
    rows = list(notices.order_by("pk"))
    people = registry.participants({row.participant_id for row in rows})
    lines = history.lines_of(rows, people)
    wishes = {each.participant_id: each for each in Wishes.objects.filter(participant__in=lines)}
    devices, here = _devices(lines), present(lines)
    watch = watching({pk: lines[pk] for pk in devices})
    with get_connection() as connection:
        for pk, told in lines.items():
            wish = wishes.get(pk) or Wishes(participant=people[pk])
            sent = _push(people[pk], told, wish, devices.get(pk, ()) if pk not in watch else ())
            sent |= _mail(people[pk], told, wish, connection, is_here=pk in here)
            if sent:  # who has it does not get it twice, whatever happens to the others
                notices.filter(participant=pk).update(sent_at=clock.now())
    notices.update(sent_at=clock.now())


def _devices(people: Collection[int]) -> dict[int, list[Subscription]]:
    found: dict[int, list[Subscription]] = {}
    for each in Subscription.objects.filter(participant__in=people).order_by("pk"):
        found.setdefault(each.participant_id, []).append(each)
    return found


def _push(participant: Any, lines: Lines, wish: Wishes, devices: Sequence[Subscription]) -> bool:
    """Send to each device, unless it is night for the person; whether anything was sent.

    Words of a programme are no reason to buzz.
    """
    lines = [line for line in lines if line["kind"] != Kind.WORDS]
    local = clock.now().astimezone(ZoneInfo(participant.timezone or settings.TIME_ZONE)).time()
    if not lines or not devices or (participant.timezone and wish.is_quiet(local)):
        return False
    with translation.override(participant.language or settings.LANGUAGE_CODE):
        message = message_of(lines)
    for device in devices:
        if not push.send(device, message, _lifetime(lines)):
            device.delete()
    return True


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


def _mail(participant: Any, lines: Lines, wish: Wishes, connection: Any, is_here: bool) -> bool:
    """Send one mail, if it is wanted; whether it was. Nobody is reminded by mail of what the page reminds them of."""
    reminds = lines[0]["kind"] == Kind.REMINDER
    wanted = wish.mail_reminders and not is_here if reminds else wish.mail_changes
    lines = [line for line in lines if line["kind"] != Kind.WORDS]
    if not wanted or not lines or not participant.email or settings.DEMO:
        return False
    with translation.override(participant.language or settings.LANGUAGE_CODE):
        message = message_of(lines)
        context = {"lines": lines, "site": settings.SITE_URL, "name": participant.name, "reminds": reminds}
        body = render_to_string("notices/mail.txt", context)
        title = _("Soon: %(title)s") if reminds else _("Changed: %(title)s")
        subject = title % {"title": message["title"]}
    mails.send(participant.email, subject, body, connection)
    return True


def wish_mail(people: Collection[int]) -> Collection[int]:
    """Of these participants those who wish a mail when somebody would like to write to them."""
    silent = Wishes.objects.filter(participant__in=people, mail_requests=False)
    return set(people) - set(silent.values_list("participant", flat=True))
