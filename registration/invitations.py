"""Inviting people by their e-mail address: a role, a personal join link, and the mail that brings it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from people import audit, joining
from people.models import JoinLink, Participant, Role
from people.names import name_or
from people.refusal import Refused
from registration import desk
from sessions import speaking
from sessions.models import Edition, Session, Speaker


def invite(edition: Edition, email: str, name: str, role: str, scope: str, by: Participant) -> JoinLink:
    """Give a role to whoever has that address, known or new, and a join link that leads to what it is for."""
    with transaction.atomic():
        participant = _participant(email, name)
        desk.give(edition, participant, role, scope, by)
        return _link(edition, participant, scope, by, role=role)


def invite_all(session: Session, emails: Iterable[str], by: Participant) -> list[JoinLink]:
    """Invite whoever has these addresses to the session: all of them, or Refused for the first that cannot be."""
    with transaction.atomic():
        return [invite(session.edition, one, "", Role.Name.ATTENDEE, session.room_key, by) for one in emails]


def invite_speaker(speaker: Speaker, email: str, by: Participant) -> JoinLink:
    """Let somebody speak as this speaker of the programme: the role in each of their sessions, also after an import."""
    with transaction.atomic():
        participant = _participant(email, speaker.name)
        speaking.link(speaker, participant, by)
        first = speaker.sessions.order_by("start").first()
        scope = first.room_key if first else f"edition:{speaker.edition_id}"
        return _link(speaker.edition, participant, scope, by, role=Role.Name.SPEAKER)


def _participant(email: str, name: str) -> Participant:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(_("Write an e-mail address.")) from error
    known = Participant.objects.filter(email=email).first()
    return known or Participant.objects.create_user(email, name=name_or(name, email.partition("@")[0]))


def _link(edition: Edition, participant: Participant, scope: str, by: Participant, role: str) -> JoinLink:
    link = joining.make(participant, path_of(edition, scope), by)
    audit.record(by, "invite", scope, participant.pk, role=role)
    return link


def path_of(edition: Edition, scope: str) -> str:
    """Where an invitation to a scope leads."""
    kind, _colon, pk = scope.partition(":")
    session = Session.objects.filter(edition=edition, pk=pk).first() if kind == "session" else None
    return (session or edition).get_absolute_url()


def write_to(link: JoinLink, address: str, edition: Edition) -> None:
    """Send the join link by e-mail. Raises Refused when the mail server takes no mail."""
    write_all([(link, address)], edition)


def write_all(links: Iterable[tuple[JoinLink, str]], edition: Edition) -> None:
    """Send join links with their addresses over one connection. Raises Refused when the mail server takes no mail."""
    try:
        get_connection().send_messages([_mail(link, address, edition) for link, address in links])
    except OSError as error:
        raise Refused(_("The mail could not be sent. Copy the link and send it yourself.")) from error


def _mail(link: JoinLink, address: str, edition: Edition) -> EmailMessage:
    text = _(
        "Hello %(name)s,\n\nthis is your personal way in to %(edition)s:\n%(address)s\n\n"
        "Keep it to yourself: whoever opens it takes part in your name. It ends on %(end)s.\n"
    ) % {"name": link.participant.name, "edition": edition.name, "address": address, "end": link.expires_at.date()}
    subject = _("Your way in to %(edition)s") % {"edition": edition.name}
    return EmailMessage(subject, text, None, [str(link.participant.email)])
