"""Personal join links: signed, limited in time, revocable. The token is in the URL's fragment, so no log has it."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from common import clock
from live.revocations import recheck
from people.models import JoinLink, Participant, Role
from people.refusal import Refused

LIFETIME = timedelta(days=30)
HANDOVER = timedelta(minutes=10)  # of a link to the participant's own other device
SHOWN = "shown_link"  # in UserSession.data of a sign-in that an organiser could have made: the edition's scope
_signer = Signer(salt="people.join")


def make(
    participant: Participant,
    path: str,
    by: Participant | None,
    lifetime: timedelta = LIFETIME,
    shown_for: Iterable[str] | None = None,
    scope: str = "",
    once: bool = False,
) -> JoinLink:
    """A new link that signs the participant in and leads to `path`. Raises Refused for operators."""
    if participant.operates:
        raise Refused(_("Operators sign in with a code by e-mail; there are no join links for them."))
    return JoinLink.objects.create(
        participant=participant,
        path=path,
        expires_at=clock.now() + lifetime,
        made_by=by,
        shown_for=None if shown_for is None else sorted(shown_for),
        scope=scope,
        once=once,
    )


def may_be_shown(participant: Participant, within: Iterable[str]) -> bool:
    """Whether organisers of the scopes `within` may see a link of the participant, with which they could act as them.

    True only if the participant never signed in, is at most an attendee, and holds nothing outside these scopes.
    """
    if participant.last_login is not None or not participant.is_active:
        return False
    if participant.roles.exclude(name__in=Role.OF_NOBODY_ELSE).exists():
        return False
    return participant.scopes_held() <= set(within)


def token_of(link: JoinLink) -> str:
    """The signed token that opens the link."""
    return _signer.sign(link.pk.hex)


def read(token: str) -> JoinLink:
    """The link of a token. Raises Refused when the token is wrong, or the link is used, over or revoked."""
    message = _("This link is not valid. Ask the organisers for a new one, or sign in with your e-mail address.")
    try:
        pk = uuid.UUID(_signer.unsign(token.strip().rpartition("#")[2]))
    except (BadSignature, ValueError) as error:
        raise Refused(message, 403) from error
    link = JoinLink.objects.select_related("participant").filter(pk=pk, revoked_at=None).first()
    if link is None or not link.participant.is_active or link.participant.operates:
        raise Refused(message, 403)
    if link.shown_for is not None and not may_be_shown(link.participant, link.shown_for):
        raise Refused(_("This link was good for one first sign-in. Sign in with a code by e-mail from now on."), 403)
    if link.once and link.used_at:
        message = _(
            "This link has been used: it opens once. Make a new one where you are signed in, on your account page."
        )
        raise Refused(message, 403)
    if link.expires_at <= clock.now():
        message = _("This link has ended. Ask the organisers for a new one, or sign in with your e-mail address.")
        raise Refused(message, 403)
    return link


def redeem(token: str) -> JoinLink:
    """As `read`, and note that somebody joins by it now.

    The row stays locked until the transaction ends. So a sign-out everywhere at the same time ends this sign-in too,
    and only one of two simultaneous uses opens a link for one use.
    """
    JoinLink.objects.select_for_update().filter(pk=read(token).pk).first()
    link = read(token)  # as it is now that nobody else can change it
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
    return link


def note_sign_in(link: JoinLink, session_key: str) -> None:
    """Mark the sign-in with this session key if an organiser has seen the link."""
    if link.shown_for is not None:
        UserSession.objects.filter(session_key=session_key).update(data={SHOWN: link.scope})


def by_a_shown_link(session_key: str | None) -> bool:
    """Whether this sign-in came by a link that an organiser has seen."""
    return bool(UserSession.objects.filter(session_key=session_key, data__has_key=SHOWN).exists())


def shown_sign_ins(participants: Iterable[int]) -> "QuerySet[UserSession]":
    """Sign-ins of these participants by links that an organiser has seen; `data[SHOWN]` is the edition's scope."""
    sign_ins: QuerySet[UserSession] = UserSession.objects.filter(user__in=set(participants), data__has_key=SHOWN)
    return sign_ins


def end_shown(sign_ins: "Iterable[UserSession]") -> None:
    """End these sign-ins: the participants now hold more than the organiser who saw the link may use."""
    for sign_in in sign_ins:
        sign_in.end()
        recheck(sign_in.user_id)


def revoke(link: JoinLink) -> None:
    """Stop a link from working. Whoever has joined by it stays signed in."""
    link.revoked_at = link.revoked_at or clock.now()
    link.save(update_fields=["revoked_at"])


def address_of(link: JoinLink, request: HttpRequest) -> str:
    """The full URL of the link."""
    return request.build_absolute_uri(f"{reverse('people:join')}#{token_of(link)}")
