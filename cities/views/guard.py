"""How the views of Tomorrow.City ask for permission. What is not one's own, or not public yet, does not exist."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404

from cities import pictures, trust
from cities.models import (
    Case,
    CasePicture,
    City,
    Commons,
    Membership,
    Organisation,
    Report,
    Solution,
    Tool,
    Verification,
)
from people.permissions import can
from sessions.guard import Guard

SEES, WRITES, EDITS, MANAGES = "cities.view", "cities.write", "cities.edit", "cities.manage"
ALL = {"pk": 0}  # the argument of addresses that name nothing in particular


def commons(pk: int) -> Commons:
    """All of Tomorrow.City."""
    return Commons()


def city_of(pk: str) -> City:
    """The city by its slug, or 404."""
    return get_object_or_404(City.objects.select_related("organisation").prefetch_related("tags"), slug=pk)


def organisation_of(pk: str) -> Organisation:
    """The organisation by its slug, or 404."""
    return get_object_or_404(Organisation, slug=pk)


def case_of(pk: int) -> Case:
    """The case with who speaks in it, or 404."""
    return get_object_or_404(Case.objects.with_place(), pk=pk)


def picture_of(pk: uuid.UUID) -> CasePicture:
    """The picture with its case, or 404."""
    stored_pictures = CasePicture.objects.select_related("case__city__organisation", "case__organisation")
    picture: CasePicture = get_object_or_404(stored_pictures, pk=pk)
    return picture


def tool_of(pk: int) -> Tool:
    """The tool, or 404."""
    return get_object_or_404(Tool.objects.select_related("organisation"), pk=pk)


def solution_of(pk: int) -> Solution:
    """The solution, or 404."""
    return get_object_or_404(Solution.objects.select_related("organisation"), pk=pk)


def membership_of(pk: int) -> Membership:
    """A membership, or 404."""
    return get_object_or_404(Membership.objects.select_related("organisation"), pk=pk)


def report_of(pk: int) -> Report:
    """A report, or 404."""
    return get_object_or_404(Report.objects.select_related("organisation"), pk=pk)


def verification_of(pk: int) -> Verification:
    """A verification, or 404."""
    return get_object_or_404(Verification.objects.select_related("organisation"), pk=pk)


def _organisation_is_seen(user: Any, organisation: Organisation) -> bool:
    return (
        organisation.is_public
        or can(user, MANAGES, organisation)
        or bool(user.pk and organisation.memberships.filter(participant=user.pk).exists())
    )


def _offer_is_seen(user: Any, offer: Any) -> bool:
    return offer.is_public or trust.is_team(user, offer) or can(user, EDITS, offer)


def may_edit_city(user: Any, city: City) -> bool:
    """Whether somebody changes a profile: its organisation's focal points and editors, and organisers."""
    return trust.edits(user, city.organisation) or can(user, MANAGES, city)


def _may_decide(user: Any, membership: Membership) -> bool:
    return can(user, MANAGES, membership) or trust.is_focal(user, membership.organisation)


guard = Guard(SEES, commons)
office = Guard("", commons)  # for others its pages do not exist
cities = Guard(SEES, city_of)
profile = Guard(SEES, city_of, may_edit_city)
organisations = Guard(SEES, organisation_of, _organisation_is_seen)
trusting = Guard("", organisation_of)
deciding = Guard(SEES, membership_of, _may_decide)
reports = Guard("", report_of)
ending = Guard("", verification_of)
public = Guard(SEES, case_of, lambda user, case: case.is_public)
own = Guard(SEES, case_of, trust.is_team)
editing = Guard("", case_of)
stored = Guard(SEES, picture_of, pictures.may_read)
edit_picture = Guard("", picture_of, pictures.may_read)
tools = Guard(SEES, tool_of, _offer_is_seen)
own_tool = Guard(SEES, tool_of, trust.is_team)
edit_tool = Guard("", tool_of)
solutions = Guard(SEES, solution_of, _offer_is_seen)
own_solution = Guard(SEES, solution_of, trust.is_team)
edit_solution = Guard("", solution_of)
