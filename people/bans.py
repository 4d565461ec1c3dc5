"""Bans outlive accounts: a banned person who deletes the account and returns is banned again.

They are recognised by the same e-mail address, ticket or sign-in service. We keep only keyed hashes of these ("marks"),
which nobody can reverse without SECRET_KEY, and only until the ban ends.
"""

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db.models import Q, QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from common import clock
from people import audit
from people.models import Ban, BanMark, Participant, Registration
from people.permissions import Scoped


def mark_of(*parts: str) -> str:
    """The keyed hash of ("email", address), ("ticket", scope, reference) or ("service", name, id)."""
    return salted_hmac("people.bans", "\0".join(parts), algorithm="sha256").hexdigest()


def remember(participant: Participant) -> None:
    """Store the marks of a banned participant. Call it before the account is emptied."""
    emails = set(EmailAddress.objects.filter(user=participant).values_list("email", flat=True))
    marks = {mark_of("email", email.lower()) for email in emails | {participant.email} if email}
    tickets = participant.registrations.values_list("scope", "ticket")
    services = SocialAccount.objects.filter(user=participant).values_list("provider", "uid")
    marks |= {mark_of("ticket", *ticket) for ticket in tickets} | {mark_of("service", *service) for service in services}
    for ban in participant.bans.standing():
        BanMark.objects.bulk_create([BanMark(ban=ban, mark=mark) for mark in marks], ignore_conflicts=True)


def _family(ban: Ban) -> "QuerySet[Ban]":
    """The first ban and all its renewals."""
    origin = ban.origin_id or ban.pk
    return Ban.objects.filter(Q(pk=origin) | Q(origin=origin))


def renew(newcomers: Mapping[str, int]) -> None:
    """Ban participants who come with the mark of a standing ban; `newcomers` is mark -> participant id."""
    if not newcomers or not BanMark.objects.exists():
        return
    standing = BanMark.objects.filter(mark__in=list(newcomers), ban__in=Ban.objects.standing())
    for ban_mark in standing.select_related("ban"):
        ban, pk = ban_mark.ban, newcomers[ban_mark.mark]
        if _family(ban).filter(participant=pk).exists():
            continue
        reason = _("The ban of your deleted account goes on.")
        copied = {"scope": ban.scope, "until": ban.until, "by_id": ban.by_id, "origin_id": ban.origin_id or ban.pk}
        renewal = Ban.objects.create(participant_id=pk, reason=reason, **copied)
        audit.record(None, "ban.renew", ban.scope, pk, ban=renewal.pk, until=ban.until)


def end(ban: Ban, by: Participant) -> None:
    """Lift a ban and its renewals, and forget the marks."""
    for relative in _family(ban).filter(lifted_at=None):
        relative.lifted_at, relative.lifted_by = clock.now(), by
        relative.save(update_fields=["lifted_at", "lifted_by"])  # not in bulk: saving tells the open sockets
        relative.marks.all().delete()


def pass_on(old: Ban, new: Ban) -> None:
    """Give the marks and renewals of an old ban to the new one that replaces it."""
    marks = BanMark.objects.filter(ban__in=_family(old))
    hashes = set(marks.values_list("mark", flat=True))
    marks.delete()
    BanMark.objects.bulk_create([BanMark(ban=new, mark=mark) for mark in hashes])
    Ban.objects.filter(origin=old.origin_id or old.pk).exclude(pk=old.pk).update(origin=new)


def purge() -> None:
    """Forget the marks of bans that have ended."""
    BanMark.objects.exclude(ban__in=Ban.objects.standing()).delete()


@receiver(post_save, sender=Participant)
def _came(instance: Participant, created: bool, **_: Any) -> None:
    if created and instance.email:
        renew({mark_of("email", instance.email.lower()): instance.pk})


@receiver(post_save, sender=Registration)
def _registered(instance: Registration, **_: Any) -> None:
    """Also after a change: the ticket reference may be another one."""
    renew({mark_of("ticket", instance.scope, instance.ticket): instance.participant_id})


@receiver(post_save, sender=SocialAccount)
def _connected(instance: SocialAccount, created: bool, **_: Any) -> None:
    if created:
        renew({mark_of("service", instance.provider, instance.uid): instance.user_id})


def banned_from(thing: Scoped) -> "QuerySet[Ban, int]":
    """Ids of the participants whom a ban keeps from a thing now, for a query."""
    return Ban.objects.standing().filter(scope__in=thing.scopes()).values_list("participant", flat=True)
