"""Bans outlive accounts: who deletes theirs and comes again by the same address, ticket or sign-in service is known.

Nothing personal is kept for that, only hashes that cannot be turned back without SECRET_KEY, until the ban ends.
"""

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from common import clock
from people import audit
from people.models import Ban, BanMark, Participant, Registration


def mark_of(*parts: str) -> str:
    """The keyed hash of ("email", address), ("ticket", scope, reference) or ("service", name, id)."""
    return salted_hmac("people.bans", "\0".join(parts), algorithm="sha256").hexdigest()


def remember(participant: Participant) -> None:
    """Mark what the participant would come again with; call it before their account is emptied."""
    emails = set(EmailAddress.objects.filter(user=participant).values_list("email", flat=True))
    marks = {mark_of("email", email.lower()) for email in emails | {participant.email} if email}
    tickets = participant.registrations.values_list("scope", "ticket")
    services = SocialAccount.objects.filter(user=participant).values_list("provider", "uid")
    marks |= {mark_of("ticket", *ticket) for ticket in tickets} | {mark_of("service", *service) for service in services}
    for ban in participant.bans.standing():
        BanMark.objects.bulk_create([BanMark(ban=ban, mark=mark) for mark in marks], ignore_conflicts=True)


def renew(newcomers: Mapping[str, int]) -> None:
    """Ban again whoever came with a mark (mark -> participant id) of a ban that stands."""
    if not newcomers or not BanMark.objects.exists():
        return
    standing = BanMark.objects.filter(mark__in=list(newcomers), ban__in=Ban.objects.standing())
    for seen in standing.select_related("ban"):
        ban, pk = seen.ban, newcomers[seen.mark]
        origin = ban.origin_id or ban.pk
        if Ban.objects.filter(Q(pk=origin) | Q(origin=origin), participant=pk).exists():
            continue
        reason = _("The ban of your deleted account goes on.")
        renewal = Ban.objects.create(
            participant_id=pk, scope=ban.scope, reason=reason, until=ban.until, by_id=ban.by_id, origin_id=origin
        )
        audit.record(None, "ban.renew", ban.scope, pk, ban=renewal.pk, until=ban.until)


def end(ban: Ban, by: Participant) -> None:
    """Lift a ban and its renewals, and forget the marks."""
    origin = ban.origin_id or ban.pk
    for row in Ban.objects.filter(Q(pk=origin) | Q(origin=origin), lifted_at=None):
        row.lifted_at, row.lifted_by = clock.now(), by
        row.save(update_fields=["lifted_at", "lifted_by"])  # each on its own: it tells the open sockets
        row.marks.all().delete()


def pass_on(before: Ban, made: Ban) -> None:
    """Let a ban that takes the place of another know by the same marks, and lead the same renewals."""
    origin = before.origin_id or before.pk
    marks = BanMark.objects.filter(Q(ban=origin) | Q(ban__origin=origin))
    hashes = set(marks.values_list("mark", flat=True))
    marks.delete()
    BanMark.objects.bulk_create([BanMark(ban=made, mark=mark) for mark in hashes])
    Ban.objects.filter(origin=origin).exclude(pk=before.pk).update(origin=made)


def purge() -> None:
    """Forget the marks of bans that have ended."""
    BanMark.objects.exclude(ban__in=Ban.objects.standing()).delete()


@receiver(post_save, sender=Participant)
def _came(instance: Participant, created: bool, **_: Any) -> None:
    if created and instance.email:
        renew({mark_of("email", instance.email.lower()): instance.pk})


@receiver(post_save, sender=Registration)
def _registered(instance: Registration, **_: Any) -> None:
    """New, or with another reference."""
    renew({mark_of("ticket", instance.scope, instance.ticket): instance.participant_id})


@receiver(post_save, sender=SocialAccount)
def _connected(instance: SocialAccount, created: bool, **_: Any) -> None:
    if created:
        renew({mark_of("service", instance.provider, instance.uid): instance.user_id})
