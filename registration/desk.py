"""What organisers decide about people: roles, bans, invitations. Each is on record."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit, bans
from people.models import MAX_NAME, Ban, Participant, Role
from people.refusal import Refused
from sessions.models import Edition

GIVEN = (Role.Name.ATTENDEE, Role.Name.SPEAKER, Role.Name.MODERATOR, Role.Name.ORGANISER)


def people_of(edition: Edition) -> "QuerySet[Participant]":
    """Whoever has a registration, a role or a ban in the edition or in a part of it."""
    scopes = scopes_of(edition)
    return Participant.objects.filter(deleted_at=None).filter(
        Q(pk__in=Role.objects.filter(scope__in=scopes).values("participant"))
        | Q(registrations__scope=f"edition:{edition.pk}")
        | Q(bans__scope=f"edition:{edition.pk}")
    )


def scopes_of(edition: Edition) -> dict[str, str]:
    """Scope -> what it is called, of everything in the edition that roles are given for."""
    named = {f"edition:{edition.pk}": _("The whole edition")}
    named |= {f"strand:{strand.pk}": strand.name for strand in edition.strands.all()}
    named |= {f"stage:{stage.pk}": stage.name for stage in edition.stages.all()}
    return named | {f"session:{pk}": title for pk, title in edition.sessions.values_list("pk", "title")}


def give(edition: Edition, participant: Participant, name: str, scope: str, by: Participant) -> None:
    """Give a role within the edition. Raises Refused for a scope of another edition and for guests."""
    if scope not in scopes_of(edition) or name not in GIVEN:
        raise Refused(_("Choose a role, and what of this edition it is for."))
    if participant.is_guest and name != Role.Name.ATTENDEE:
        raise Refused(_("A guest of the hall has no e-mail address and gets no such role. Invite them by e-mail."))
    with transaction.atomic():
        _role, new = Role.objects.get_or_create(participant=participant, name=name, scope=scope)
        if new:
            audit.record(by, "role.give", scope, participant.pk, role=name)


def take(edition: Edition, role: Role, by: Participant) -> None:
    """Take a role away. Raises Refused for one's own as organiser: somebody must be left."""
    if role.scope not in scopes_of(edition):
        raise Refused(_("This role is of another edition."))
    if role.participant_id == by.pk and role.name == Role.Name.ORGANISER:
        raise Refused(_("Another organiser must take your own role away."))
    with transaction.atomic():
        audit.record(by, "role.take", role.scope, role.participant_id, role=role.name)
        role.delete()


def ban(edition: Edition, participant: Participant, reason: str, until: datetime | None, by: Participant) -> Ban:
    """Ban a participant from the edition; open sockets are cut within a second. Raises Refused."""
    if participant.pk == by.pk:
        raise Refused(_("You cannot ban yourself."))
    if until is not None and until <= timezone.now():
        raise Refused(_("The ban must end in the future."))
    scope = f"edition:{edition.pk}"
    with transaction.atomic():
        made = Ban.objects.create(participant=participant, scope=scope, reason=reason, until=until, by=by)
        before = Ban.objects.filter(participant=participant, scope=scope, lifted_at=None).exclude(pk=made.pk)
        for one in before:
            bans.pass_on(one, made)
        before.update(lifted_at=timezone.now(), lifted_by=by)
        audit.record(by, "ban", scope, participant.pk, ban=made.pk, until=until)
    return made


def lift(found: Ban, by: Participant) -> None:
    """End a ban now, for the accounts too that it followed the participant to."""
    with transaction.atomic():
        bans.end(found, by)
        audit.record(by, "unban", found.scope, found.participant_id, ban=found.pk)


def invite(edition: Edition, email: str, name: str, role: str, scope: str, by: Participant) -> Participant:
    """Give a role to whoever has that address, known or new."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(_("Write an e-mail address.")) from error
    with transaction.atomic():
        participant = Participant.objects.filter(email=email).first()
        if participant is None:
            participant = Participant.objects.create_user(email, name=(name or email.partition("@")[0])[:MAX_NAME])
        give(edition, participant, role, scope, by)
        audit.record(by, "invite", scope, participant.pk, role=role)
    return participant
