"""Invite people by e-mail address: they get a role and a personal join link."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import JoinLink, Participant, Role
from people.names import name_or
from people.refusal import Refused
from registration import decisions, links
from sessions import speaking
from sessions.models import Edition, Session, Speaker


def invite(
    edition: Edition, email: str, name: str, role: str, scope: str, by: Participant, mailed: bool = False
) -> JoinLink:
    """Give a role to the person with that address, known or new. Gives back a join link to what the role is for.

    `mailed` as in links.make. Raises Refused; then nothing has changed.
    """
    with transaction.atomic():
        participant = _given(edition, email, name, role, scope, by)
        return links.make(edition, participant, links.path_of(edition, scope), by, mailed)


def invite_all(session: Session, emails: Iterable[str], by: Participant, mailed: bool) -> list[JoinLink]:
    """Invite everybody with these addresses to the session. Gives back the links to mail; none unless `mailed`.

    Raises Refused for the first person who cannot be invited; then nobody is.
    """
    edition, scope, path = session.edition, session.room_key, session.get_absolute_url()
    with transaction.atomic():
        invited = [_given(edition, email, "", Role.Name.ATTENDEE, scope, by) for email in emails]
        return [links.make(edition, participant, path, by, mailed=True) for participant in invited] if mailed else []


def invite_speaker(speaker: Speaker, email: str, by: Participant, mailed: bool = False) -> JoinLink:
    """Link a person to this speaker: they get the role in each of the speaker's sessions, also after an import."""
    with transaction.atomic():
        participant = _participant(email, speaker.name)
        speaking.link(speaker, participant, by)
        first = speaker.sessions.order_by("start").first()
        scope = first.room_key if first else speaker.edition.room_key
        audit.record(by, "invite", scope, participant.pk, role=Role.Name.SPEAKER)
        return links.make(speaker.edition, participant, links.path_of(speaker.edition, scope), by, mailed)


def _given(edition: Edition, email: str, name: str, role: str, scope: str, by: Participant) -> Participant:
    participant = _participant(email, name)
    decisions.give(edition, participant, role, scope, by)
    audit.record(by, "invite", scope, participant.pk, role=role)
    return participant


def _participant(email: str, name: str) -> Participant:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(_("Write an e-mail address.")) from error
    known = Participant.objects.filter(email=email).first()
    return known or Participant.objects.create_user(email, name=name_or(name, email.partition("@")[0]))
