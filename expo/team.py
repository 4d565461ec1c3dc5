"""The team of an exhibitor: invited by address, a member by their own yes, and who is at the stand."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.prepared import Prepared
from expo import events, state, talking
from expo.models import Exhibitor, Member
from people.devices import present
from people.models import Participant
from people.refusal import Refused
from people.revocation import recheck_sockets

MOST = 20


def is_member(user: Any, exhibitor: Exhibitor) -> bool:
    """Whether somebody belongs to an exhibitor's team."""
    # Who stands for many has no id, and nobody's invitation is theirs.
    return bool(user.pk and Member.objects.filter(exhibitor=exhibitor, participant=user.pk).exists())


def invite(exhibitor: Exhibitor, email: str, by: Participant) -> None:
    """Invite an address; the same words whoever has it. Raises Refused when the team is full."""
    with transaction.atomic():
        exhibitor = state.MACHINE.current(exhibitor.pk)
        if exhibitor.team.count() >= MOST:
            raise Refused(_("A team has at most %(most)d people.") % {"most": MOST})
        member, made = Member.objects.get_or_create(exhibitor=exhibitor, email=email.strip().lower())
        if made:
            state.record(by, "invite", exhibitor, member=member.pk)


def invitations(participant: Participant) -> Any:
    """The invitations that wait for a participant's yes."""
    members = Member.objects.filter(participant=None, email=participant.email or "-").exclude(email="")
    return members.select_related("exhibitor__edition")


def accept(participant: Participant, exhibitor: Exhibitor) -> None:
    """Join the team one was invited to. Raises Refused without an invitation."""
    with transaction.atomic():
        exhibitor = state.MACHINE.current(exhibitor.pk)
        member = invitations(participant).filter(exhibitor=exhibitor).first()
        if member is None:
            raise Refused(_("This invitation does not hold any more."), 404)
        Member.objects.filter(pk=member.pk).update(participant=participant)
        recheck_sockets(participant)
        state.record(participant, "join", exhibitor)


def remove(exhibitor: Exhibitor, member_id: int, by: Participant) -> None:
    """Take somebody out of the team; what they had taken goes back to it."""
    with transaction.atomic():
        exhibitor = state.MACHINE.current(exhibitor.pk)
        member = exhibitor.team.filter(pk=member_id).select_related("participant").first()
        if member is None:
            return
        member.delete()
        state.record(by, "remove", exhibitor, member=member_id)
        if member.participant:
            talking.give_back_all(exhibitor, member.participant)
            recheck_sockets(member.participant)
            events.team(exhibitor)


def be_here(exhibitor: Exhibitor, participant: Participant, here: bool) -> None:
    """Say that one is at the stand, or no longer."""
    with transaction.atomic():
        if exhibitor.team.filter(participant=participant).exclude(here=here).update(here=here):
            events.team(exhibitor)


_MEMBERS = Prepared(lambda exhibitor: Member.objects.filter(exhibitor=exhibitor).select_related("participant"))


def members(exhibitor_id: int) -> list[Member]:
    """The team, with its participants."""
    return _MEMBERS.ask(exhibitor_id)


def here(exhibitor_ids: Any) -> dict[int, list[Participant]]:
    """Exhibitor id -> those of its team who said that they are at the stand, and were seen lately."""
    return there(list(Member.objects.filter(exhibitor__in=exhibitor_ids, here=True).select_related("participant")))


def there(members: Iterable[Member]) -> dict[int, list[Participant]]:
    """As `here`, of members with their participants."""
    members = [member for member in members if member.here]
    there = present({member.participant_id for member in members if member.participant_id})
    found: dict[int, list[Participant]] = {}
    for member in members:
        if member.participant and member.participant_id in there:
            found.setdefault(member.exhibitor_id, []).append(member.participant)
    return found
