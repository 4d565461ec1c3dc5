"""How the views ask for permission. What is not one's own, or not public yet, does not exist."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404

from collaboration import planned, speaking
from collaboration.delegating import is_focal_point
from collaboration.models import Commitment, Delegation, State
from people.permissions import can
from sessions.guard import Guard


def commitment_of(pk: uuid.UUID) -> Commitment:
    """The commitment with its edition, or 404."""
    return get_object_or_404(Commitment.objects.select_related("edition__host_city", "in_force"), pk=pk)


def delegation_of(pk: int) -> Delegation:
    """The delegation with its organisation and edition, or 404."""
    related = ("edition__host_city", "organisation", "within__organisation")
    return get_object_or_404(Delegation.objects.select_related(*related), pk=pk)


def is_party(user: Any, commitment: Commitment) -> bool:
    """Whether somebody speaks for a party of a commitment."""
    return commitment.parties.filter(organisation__in=speaking.organisations(user)).exists()


def _is_seen(user: Any, commitment: Commitment) -> bool:
    if commitment.is_public or is_party(user, commitment):
        return True
    return commitment.state != State.DRAFT and can(user, "collaboration.manage", commitment)


def _is_managed(user: Any, delegation: Delegation) -> bool:
    """By its focal points, those of the national delegation that it is within, and organisers."""
    managers = any(is_focal_point(user, each) for each in (delegation, delegation.within))
    return managers or can(user, "collaboration.manage", delegation)


guard = Guard("collaboration.view")  # of the edition
office = Guard()  # of the edition, for organisers: for others its pages do not exist
on_stage = Guard("session.view")
seen = Guard("collaboration.view", commitment_of, _is_seen)
party = Guard("collaboration.view", commitment_of, is_party)
staff = Guard("", commitment_of)
desk = Guard("collaboration.view", delegation_of, _is_managed)
travellers = Guard("collaboration.view", delegation_of, planned.belongs)
delegation_staff = Guard("", delegation_of)
