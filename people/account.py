"""What participants do with their own account: end sign-ins, download their data, delete it."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from common import clock
from common.registry import registry
from live.viewer import users_of
from people import audit, bans, joining
from people.devices import forget_codes
from people.models import AuditEntry, Ban, JoinLink, Participant, Registration, Role
from people.revocation import recheck_sockets

MOST_DEVICES = 50  # that are listed; signing out everywhere ends all


def devices(participant: Participant) -> list[UserSession]:
    """The participant's sign-ins that hold, the most recently seen first. Some queries, however many there are."""
    known = UserSession.objects.filter(user=participant).order_by("-last_seen_at")[:MOST_DEVICES]
    signed_in = users_of([device.session_key for device in known])
    return [device for device in known if signed_in[device.session_key].pk == participant.pk]


@transaction.atomic
def sign_out(participant: Participant, only: int | None = None, scope: str = "") -> int:
    """End all sign-ins of the participant, or `only` the one with that id. Gives back how many join links ended too.

    Links end because whoever was signed in may have made or seen them: all links, or only those for another device
    when one sign-in ends. With `scope` those for another device and those of its organisers end. Open sockets close.
    """
    links = JoinLink.objects.filter(participant=participant, revoked_at=None)
    theirs = Q(once=True) | Q(scope=scope) if scope else Q(once=True)
    # Links first: whoever joins by one right now is then either signed in already, or finds the link revoked.
    ended = links.filter(theirs if scope or only is not None else Q()).update(revoked_at=clock.now())
    sessions = UserSession.objects.filter(user=participant)
    for session in sessions.filter(pk=only) if only is not None else sessions:
        session.end()
    recheck_sockets(participant)
    return ended


def sign_out_everywhere(participant: Participant) -> None:
    """End all sign-ins and links on the participant's own wish, on record."""
    with transaction.atomic():
        audit.record_everywhere(participant, "sign_out", participant, links=sign_out(participant))


def hand_over(participant: Participant) -> JoinLink:
    """A join link for the participant's other device; it works for ten minutes. Raises Refused for operators."""
    with transaction.atomic():
        link = joining.make(participant, "/", participant, joining.HANDOVER, once=True)
        audit.record_everywhere(participant, "link.handover", participant, link=link.pk)
    return link


def data_of(participant: Participant) -> dict[str, Any]:
    """Everything the platform keeps of the participant, ready for JSON."""
    about = AuditEntry.objects.filter(Q(by_id=participant.pk) | Q(participant_id=participant.pk)).order_by("pk")
    profile = ["name", "email", "organisation", "job_title", "city", "country", "language", "timezone", "visibility"]
    data: dict[str, Any] = {
        "profile": {name: getattr(participant, name) for name in profile}
        | {"joined_at": participant.joined_at}
        | {"last_login": participant.last_login},
        "registrations": list(
            participant.registrations.values("scope", "pass_type", "ticket", "registered_at", "cancelled_at")
        ),
        "roles": list(participant.roles.values("name", "scope")),
        "bans": list(participant.bans.values("scope", "reason", "at", "until", "lifted_at")),
        "devices": list(
            UserSession.objects.filter(user=participant).values("ip", "user_agent", "created_at", "last_seen_at")
        ),
        "addresses": list(EmailAddress.objects.filter(user=participant).values("email", "verified")),
        "join_links": list(participant.join_links.values("path", "made_at", "expires_at", "used_at", "revoked_at")),
        "speaks_as": list(participant.speaks_as.values("name", "role", "organisation", "city", "country", "biography")),
        "record": list(about.values("at", "action", "scope", "by_id", "participant_id")),
        "sign_in_services": list(SocialAccount.objects.filter(user=participant).values("provider", "uid")),
    }
    for personal in registry.personal():
        data |= personal.export(participant)
    return data


def delete(participant: Participant) -> None:
    """Delete everything personal. Messages stay, under "deleted participant", and votes still count."""
    with transaction.atomic():
        audit.record_everywhere(participant, "account.delete", participant)
        for personal in registry.personal():
            personal.forget(participant)
        sign_out(participant)
        bans.remember(participant)
        Role.objects.filter(participant=participant).delete()
        Registration.objects.filter(participant=participant).delete()
        JoinLink.objects.filter(participant=participant).delete()
        Ban.objects.filter(participant=participant).update(reason="")
        _forget_in_admin(participant)
        addresses = EmailAddress.objects.filter(user=participant).values_list("email", flat=True)
        forget_codes(participant, {participant.email or "", *addresses} - {""})
        EmailAddress.objects.filter(user=participant).delete()
        SocialAccount.objects.filter(user=participant).delete()
        participant.speaks_as.update(participant=None)
        _empty(participant)


def _forget_in_admin(participant: Participant) -> None:
    """Remove the name from the admin's history; that something was changed stays."""
    kind = ContentType.objects.get_for_model(Participant)
    LogEntry.objects.filter(content_type=kind, object_id=str(participant.pk)).update(object_repr="", change_message="")


def _empty(participant: Participant) -> None:
    for name in ("organisation", "job_title", "city", "country", "language", "timezone"):
        setattr(participant, name, "")
    participant.name = _("Deleted participant")
    participant.email, participant.last_login = None, None
    participant.is_active = participant.is_staff = participant.is_superuser = participant.is_demo = False
    participant.deleted_at = clock.now()
    participant.set_unusable_password()
    participant.save()
