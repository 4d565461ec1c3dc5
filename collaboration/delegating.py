"""Delegations: who is nominated, approved and accredited, within the quota; who manages that; what they look for."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collaboration.models import Delegate, Delegation, FocalPoint, Need
from common import clock
from people import audit
from people.models import Participant
from people.refusal import Refused
from people.steps import Machine, Step
from sessions.models import Edition

S = Delegate.State
DELEGATE, MANAGE = "collaboration.delegate", "collaboration.manage"
COUNTED = frozenset({S.NOMINATED, S.APPROVED, S.ACCREDITED})  # they take a place of the quota
MOST_NEEDS, MOST_FOCAL_POINTS = 10, 5
STEPS = {
    # By the focal points of the national delegation, or by organisers.
    "approve": Step(_("Approve"), frozenset({S.NOMINATED}), S.APPROVED, DELEGATE),
    "refuse": Step(_("Refuse"), frozenset({S.NOMINATED, S.APPROVED}), S.REFUSED, DELEGATE),
    # By organisers alone: it is what the protocol goes by.
    "accredit": Step(_("Accredit"), frozenset({S.APPROVED}), S.ACCREDITED, MANAGE),
    "suspend": Step(_("Take the accreditation back"), frozenset({S.ACCREDITED}), S.APPROVED, MANAGE),
    # By the delegation itself.
    "withdraw": Step(_("Withdraw"), COUNTED, S.WITHDRAWN, DELEGATE),
}
OF_DELEGATION, OF_NATION = {"withdraw"}, {"approve", "refuse"}
OF_ORGANISERS = {"approve", "refuse", "accredit", "suspend"}


def is_focal_point(user: Any, delegation: Delegation | None) -> bool:
    """Whether somebody manages a delegation."""
    if delegation is None or not user.is_authenticated or not user.email:
        return False
    return delegation.focal_points.filter(email=user.email.lower()).exists()


def headed_by(participant: Participant, edition_id: int) -> Any:
    """The delegations of an edition whose focal point somebody is."""
    points = FocalPoint.objects.filter(email=(participant.email or "-").lower())
    return Delegation.objects.filter(edition=edition_id, pk__in=points.values("delegation"))


def managed_by(participant: Participant, edition: Edition) -> Any:
    """The delegations of an edition that somebody manages, and those within them."""
    mine = headed_by(participant, edition.pk)
    either = Delegation.objects.filter(Q(pk__in=mine.values("pk")) | Q(within__in=mine.values("pk")))
    return either.select_related("organisation", "within__organisation")


def roles_of(user: Any, delegation: Delegation) -> tuple[bool, bool]:
    """Whether somebody manages a delegation, and whether they manage the national one that it is within."""
    return is_focal_point(user, delegation), is_focal_point(user, delegation.within)


def offered(state: str, *, own: bool, nation: bool, organiser: bool) -> list[str]:
    """The steps that may be taken with a delegate in a state, in the order of the table."""
    may = (OF_DELEGATION if own else set()) | (OF_NATION if nation else set()) | (OF_ORGANISERS if organiser else set())
    return [action for action in MACHINE.allowed(state) if action in may]


def may_write(user: Any, delegation: Delegation, organiser: bool) -> None:
    """Raises Refused for who may look at a delegation's desk, and not write there: the nation's focal points."""
    if not organiser and not is_focal_point(user, delegation):
        raise Refused(_("Only the focal points of this delegation write here."), 403)


def nominate(delegation: Delegation, delegate: Delegate, by: Participant) -> Delegate:
    """Put somebody on a delegation's list. Raises Refused when its places are taken, or it has a head already."""
    with transaction.atomic():
        delegation = _locked(delegation.pk)
        listed = delegation.delegates.filter(state__in=COUNTED)
        if listed.count() >= delegation.quota:
            raise Refused(_("All %(quota)d places of this delegation are taken.") % {"quota": delegation.quota})
        if delegate.is_head and listed.filter(is_head=True).exists():
            raise Refused(_("The delegation has a head already."))
        delegate.delegation, delegate.state = delegation, S.NOMINATED
        delegate.save()
        _record(by, "nominate", delegate)
    return delegate


def _locked(pk: int) -> Delegation:
    Delegation.objects.select_for_update(no_key=True).get(pk=pk)
    return Delegation.objects.select_related("edition", "organisation", "within").get(pk=pk)


def _lock(pk: int) -> Delegate:
    delegate = Delegate.objects.get(pk=pk)
    delegation = _locked(delegate.delegation_id)
    delegate.refresh_from_db()
    delegate.delegation = delegation
    return delegate


def _save(delegate: Delegate) -> None:
    delegate.version += 1
    delegate.save()


def _record(by: Participant | None, action: str, delegate: Delegate, **details: Any) -> None:
    scope = delegate.delegation.edition.room_key
    names = {"delegation": delegate.delegation_id, "delegate": delegate.pk}
    audit.record(by, f"collaboration.{action}", scope, **names, **details)


MACHINE = Machine(
    steps=STEPS,
    lock=_lock,
    change=lambda delegate, action: None,
    save=_save,
    snapshot=lambda delegate: {"state": delegate.state},
    record=_record,
    announce=lambda delegate, before: None,  # a list is on no page that others have open
    impossible=_("“%(step)s” is not possible: this person is “%(state)s”."),
    faster=_("Somebody was faster: this person is “%(state)s” now. Look again before you go on."),
)


def take(pk: int, action: str, by: Participant, is_organiser: bool, *, expected: int | None = None) -> Delegate:
    """Take a step with a delegate. Raises Refused for one that is not the person's to take."""
    with transaction.atomic():
        delegate = MACHINE.current(pk, expected)
        own, nation = roles_of(by, delegate.delegation)
        if action not in offered(delegate.state, own=own, nation=nation, organiser=is_organiser):
            raise Refused(_("This is not yours to decide, or not possible any more. Look again."))
        return MACHINE.take(pk, action, by)


def add_focal_point(delegation: Delegation, email: str, by: Participant) -> None:
    """Let whoever signs in with an address manage a delegation. Raises Refused for too many."""
    with transaction.atomic():
        delegation = _locked(delegation.pk)
        if delegation.focal_points.count() >= MOST_FOCAL_POINTS:
            raise Refused(_("A delegation has at most %(most)d focal points.") % {"most": MOST_FOCAL_POINTS})
        point, made = FocalPoint.objects.get_or_create(delegation=delegation, email=email.strip().lower())
        if made:
            _point_on_record(by, "add_point", delegation, point.pk)


def remove_focal_point(delegation: Delegation, pk: int, by: Participant) -> None:
    """End that somebody manages a delegation."""
    with transaction.atomic():
        if delegation.focal_points.filter(pk=pk).delete()[0]:
            _point_on_record(by, "remove_point", delegation, pk)


def _point_on_record(by: Participant, action: str, delegation: Delegation, pk: int) -> None:
    scope = delegation.edition.room_key
    audit.record(by, f"collaboration.{action}", scope, delegation=delegation.pk, focal_point=pk)


def look_for(delegation: Delegation, text: str, by: Participant) -> Need:
    """Write down what a delegation looks for, for itself until it is published. Raises Refused for too many."""
    with transaction.atomic():
        delegation = _locked(delegation.pk)
        if delegation.needs.count() >= MOST_NEEDS:
            raise Refused(_("A delegation looks for at most %(most)d things.") % {"most": MOST_NEEDS})
        return Need.objects.create(delegation=delegation, text=text, by=by)


def publish(need: Need, on: bool) -> None:
    """Show what a delegation looks for to everybody, or no longer."""
    Need.objects.filter(pk=need.pk).update(published_at=clock.now() if on else None)
