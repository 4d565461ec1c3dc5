"""Join links that organisers make: mailed to the person, or shown to the organiser where that is safe."""

from collections.abc import Iterable
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import translation
from django.utils.translation import gettext as _

from common import clock
from people import audit, joining
from people.models import Ban, JoinLink, Participant, Registration, Role
from people.refusal import Refused
from registration.scopes import Scopes
from sessions.models import Edition, Session


def may_be_shown(edition: Edition, participant: Participant) -> bool:
    """Whether the edition's organisers may see a link of the participant (docs/people.md)."""
    return joining.may_be_shown(participant, Scopes(edition).names(participant.scopes_held()))


def make(edition: Edition, participant: Participant, path: str, by: Participant, mailed: bool) -> JoinLink:
    """A new link. It is for the mail (`shown_for` None) if `mailed` or if it may not be shown. Raises Refused."""
    if participant.is_guest:
        raise Refused(_("Guests join with the code on the hall's screen."))
    with transaction.atomic():
        mailed = mailed or not may_be_shown(edition, participant)
        if mailed and not participant.email:
            raise Refused(_("This person has no e-mail address that a link could be sent to."))
        shown_for = None if mailed else participant.scopes_held()
        link = joining.make(participant, path, by, shown_for=shown_for, scope=edition.room_key)
        audit.record(by, "link.make", edition.room_key, participant.pk, link=link.pk, mailed=mailed)
    return link


def of(edition: Edition, participant: Participant) -> "QuerySet[JoinLink]":
    """The participant's links that the edition's organisers made and that still work, the newest first."""
    made = participant.join_links.filter(scope=edition.room_key)
    return made.filter(revoked_at=None, expires_at__gt=clock.now()).order_by("-made_at")


def revoke(link: JoinLink, by: Participant) -> None:
    """Stop a link of the organisers from working, on record."""
    with transaction.atomic():
        joining.revoke(link)
        audit.record(by, "link.revoke", link.scope, link.participant_id, link=link.pk)


def end_grown(participants: Iterable[int]) -> None:
    """End sign-ins by shown links of participants who now hold something outside the link's edition."""
    for sign_in in joining.shown_sign_ins(participants).select_related("user"):
        edition = Edition.objects.filter(pk=str(sign_in.data[joining.SHOWN]).partition(":")[2] or 0).first()
        held = sign_in.user.scopes_held()
        if edition is None or held - set(Scopes(edition).names(held)):
            joining.end_shown([sign_in])


@receiver(post_save, sender=Role)
@receiver(post_save, sender=Registration)
@receiver(post_save, sender=Ban)
def _holds_more(instance: Role | Registration | Ban, **_: Any) -> None:
    end_grown([instance.participant_id])


def path_of(edition: Edition, scope: str) -> str:
    """The path that an invitation to a scope opens: the session, else the edition."""
    kind, _colon, pk = scope.partition(":")
    session = Session.objects.filter(edition=edition, pk=pk).first() if kind == "session" else None
    return (session or edition).get_absolute_url()


def write_all(links: Iterable[tuple[JoinLink, str]], edition: Edition) -> None:
    """Send join links with their addresses over one connection. Raises Refused when the mail server takes no mail."""
    try:
        get_connection().send_messages([_mail(link, address, edition) for link, address in links])
    except OSError as error:
        raise Refused(_("The mail could not be sent. Send a new link from the person's page in a while.")) from error


def _mail(link: JoinLink, address: str, edition: Edition) -> EmailMessage:
    """The mail in the person's language; in that of who invites while the person has chosen none."""
    with translation.override(link.participant.language or translation.get_language()):
        return _written(link, address, edition)


def _written(link: JoinLink, address: str, edition: Edition) -> EmailMessage:
    text = _(
        "Hello %(name)s,\n\nthis is your personal way in to %(edition)s:\n%(address)s\n\n"
        "Keep it to yourself: whoever opens it takes part in your name. It ends on %(end)s.\n"
    ) % {"name": link.participant.name, "edition": edition.name, "address": address, "end": link.expires_at.date()}
    subject = _("Your way in to %(edition)s") % {"edition": edition.name}
    return EmailMessage(subject, text, None, [str(link.participant.email)])
