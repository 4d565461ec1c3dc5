"""Participants: who comes, what they lose, how often they may."""

import uuid
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from redis import Redis

from common.contract import Limit
from common.registry import registry
from people import audit, joining, limits
from people.models import Ban, Participant, Role
from registration import hall
from sessions.models import Session
from tests import world
from tests.programs.sessions import close


def come(session: int, role: str = "attendee") -> dict[str, Any]:
    """Somebody new with a role of the session's edition: "pk" and "cookie"."""
    found = Session.objects.get(pk=session)
    participant = world.participant(f"{role}-{uuid.uuid4().hex}", role, found.edition, found)
    return {"pk": participant.pk, "cookie": world.cookie(participant)}


def sign_out_everywhere(who: int) -> None:
    """As somebody does who has lost a device."""
    participant = Participant.objects.get(pk=who)
    participant.set_unusable_password()
    participant.save()


def deactivate(who: int) -> None:
    """Close an account, with a ring."""
    participant = Participant.objects.get(pk=who)
    participant.is_active = False
    participant.save()


def deactivate_silently(who: int) -> None:
    """Close an account without a ring: only the sweep finds it."""
    Participant.objects.filter(pk=who).update(is_active=False)


def lose_roles(who: int) -> None:
    """Take all roles from somebody."""
    Role.objects.filter(participant_id=who).delete()


def become_moderator(who: int, session: int) -> None:
    """Give somebody the role in a session."""
    Role.objects.create(participant_id=who, name="moderator", scope=f"session:{session}")


def shut_out(who: int, session: int, how: str) -> None:
    """Somebody may follow a session no more: a "ban" of theirs, or it is closed to all ("close")."""
    if how == "ban":
        Ban.objects.create(participant_id=who, scope=f"session:{session}", reason="Shouting")
    else:
        close(session)


def ways_in(session: int, organiser: int, outsider: int) -> dict[str, str]:
    """A live session that takes guests: the "code" of its hall, and the "token" of a link for the outsider."""
    found, by = Session.objects.get(pk=session), Participant.objects.get(pk=organiser)
    found.guests_may, found.status = ["chat", "questions", "polls"], "live"
    found.save()
    return {"token": link(outsider, found, by), "code": hall_code(found, by)}


def link(who: int, session: Session, by: Participant) -> str:
    """The token of a link that leads somebody to a session."""
    made = joining.make(Participant.objects.get(pk=who), session.get_absolute_url(), by)
    return joining.token_of(made)


def hall_code(session: Session, by: Participant) -> str:
    """The code of a session's hall for two hours."""
    return hall.show(session, timezone.now() + timedelta(hours=2), by).code


def token_to_account(email: str) -> str:
    """A new participant with a link to the own account: its token."""
    participant = Participant.objects.create_user(email, name="Victim")
    return joining.token_of(joining.make(participant, "/people/account/", None))


def create(email: str, name: str) -> int:
    """A participant without a role: the id."""
    return Participant.objects.create_user(email, name=name).pk


def create_operator(email: str, name: str) -> None:
    """An operator of the installation."""
    Participant.objects.create_superuser(email, name=name)


def accounts() -> list[tuple[int, str | None, str]]:
    """Id, address and name of each participant, the first ones first."""
    return list(Participant.objects.order_by("pk").values_list("pk", "email", "name"))


def addresses() -> int:
    """How many addresses are confirmed or wait for it."""
    return int(EmailAddress.objects.count())


def accounts_of_services() -> int:
    """How many accounts of other services are tied to participants."""
    return int(SocialAccount.objects.count())


def count_together(mark: str) -> dict[str, Any]:
    """Seconds to wait of several participants, counted together and one by one, and what is left in Redis."""
    registry.limits["chat.send"] = Limit(2, 3600)
    limits.now = lambda: 7200.0  # type: ignore[attr-defined]
    who = [f"{mark}-{name}" for name in "ababaab"]
    together = [limits.retry_after_each("chat.send", who[:5]), limits.retry_after_each("chat.send", who[5:])]
    alone = [limits.retry_after("chat.send", who[0]), limits.retry_after("chat.send", f"{mark}-c")]
    left: list[Any] = []
    if settings.REDIS_URL:
        redis = Redis.from_url(settings.REDIS_URL)
        left = [redis.ttl(key) for key in redis.scan_iter(f"*{mark}*")]
    return {"waits": [*together, alone], "left": left}


def change_the_record() -> list[str]:
    """What the database says when its record is changed, emptied or cut."""
    audit.record(None, "test", "edition:1")
    refusals = []
    for statement in ("UPDATE {} SET action = 'x'", "DELETE FROM {}", "TRUNCATE {}"):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement.format("people_auditentry"))
        except DatabaseError as error:
            refusals.append(str(error))
    return refusals
