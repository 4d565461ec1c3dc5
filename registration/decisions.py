"""What organisers decide about people: roles and bans. Each is on record."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from common import clock
from common.registry import registry
from people import account, audit, bans
from people.models import Ban, Participant, Registration, Role
from people.permissions import SPEAKER, STAFF, roles
from people.refusal import Refused
from registration.scopes import Scopes
from sessions.models import Edition, Session

GIVEN = (Role.Name.ATTENDEE, Role.Name.SPEAKER, Role.Name.MODERATOR, Role.Name.ORGANISER)


def people_of(scopes: Scopes) -> "QuerySet[Participant]":
    """The participants with a registration, a role or a ban in the edition or a part of it."""
    return Participant.objects.filter(deleted_at=None).filter(
        Q(pk__in=Role.objects.filter(scopes.within()).values("participant"))
        | Q(pk__in=Registration.objects.filter(scope=scopes.whole).values("participant"))
        | Q(pk__in=Ban.objects.filter(scopes.within()).values("participant"))
    )


def known_in(session: Session, participant: Participant) -> bool:
    """Whether moderators of the session know a participant: named in it, or banned from it."""
    if participant.bans.filter(scope=session.room_key).exists():
        return True
    checks = [personal.named_in for personal in registry.personal() if personal.named_in]
    return any(named_in(session.pk, participant.pk) for named_in in checks)


def give(edition: Edition, participant: Participant, name: str, scope: str, by: Participant) -> None:
    """Give a role in the edition. Raises Refused for a scope of another edition, and for guests (except ATTENDEE)."""
    if name not in GIVEN or not Scopes(edition).holds(scope):
        raise Refused(_("Choose a role, and what of this edition it is for."))
    if participant.is_guest and name != Role.Name.ATTENDEE:
        raise Refused(_("A guest of the hall has no e-mail address and gets no such role. Invite them by e-mail."))
    with transaction.atomic():
        _role, new = Role.objects.get_or_create(participant=participant, name=name, scope=scope)
        if new:
            audit.record(by, "role.give", scope, participant.pk, role=name)


def take(edition: Edition, role: Role, by: Participant) -> None:
    """Take a role away. Raises Refused for an organiser's own role, so that one organiser always remains."""
    if not Scopes(edition).holds(role.scope):
        raise Refused(_("This role is of another edition."))
    if role.participant_id == by.pk and role.name == Role.Name.ORGANISER:
        raise Refused(_("Another organiser must take your own role away."))
    with transaction.atomic():
        audit.record(by, "role.take", role.scope, role.participant_id, role=role.name)
        role.delete()


def ban_of(participant: Participant, scope: str) -> Ban | None:
    """The participant's standing ban from exactly that scope, or None."""
    return participant.bans.standing().filter(scope=scope).order_by("pk").last()


def ban(of: Edition | Session, participant: Participant, reason: str, until: datetime | None, by: Participant) -> Ban:
    """A new ban from an edition or session; it replaces an older one. Sockets close within a second.

    Raises Refused for oneself, for who runs the session or speaks in it, and for an end in the past.
    """
    if participant.pk == by.pk:
        raise Refused(_("You cannot ban yourself."))
    if isinstance(of, Session) and roles(participant, of) & (STAFF | {SPEAKER}):
        raise Refused(_("Who runs this session or speaks in it is not banned from it here. Ask an organiser."))
    if until is not None and until <= clock.now():
        raise Refused(_("The ban must end in the future."))
    scope = of.scopes()[0]
    with transaction.atomic():
        new = Ban.objects.create(participant=participant, scope=scope, reason=reason, until=until, by=by)
        standing = Ban.objects.filter(participant=participant, scope=scope, lifted_at=None).exclude(pk=new.pk)
        for previous in standing:
            bans.pass_on(previous, new)
        standing.update(lifted_at=clock.now(), lifted_by=by)
        audit.record(by, "ban", scope, participant.pk, ban=new.pk, until=until)
    return new


def sign_out(edition: Edition, participant: Participant, by: Participant) -> None:
    """End all sign-ins of a participant, and their links of this edition. Raises Refused for a role elsewhere."""
    scopes = Scopes(edition)
    above = participant.roles.exclude(name__in=Role.OF_NOBODY_ELSE).exclude(scopes.within())
    if participant.operates or above.exists():
        raise Refused(_("This person has a role elsewhere: only they themselves sign out everywhere."))
    with transaction.atomic():
        account.sign_out(participant, scope=scopes.whole)
        audit.record_everywhere(by, "sign_out", participant)


def lift(ban: Ban, by: Participant) -> None:
    """Lift a ban now, and its copies for later accounts of the same person."""
    with transaction.atomic():
        bans.end(ban, by)
        audit.record(by, "unban", ban.scope, ban.participant_id, ban=ban.pk)
