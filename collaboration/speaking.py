"""Who speaks for an organisation or a city, as cities/ knows its members. All that is asked of that app stands here."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from cities.models import Case, City, Membership, Organisation
from people.models import Participant


def organisations(user: Any) -> QuerySet[Organisation]:
    """The organisations that somebody speaks for."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.filter(pk__in=Membership.objects.filter(participant=user.pk).values("organisation"))


def may(user: Any, organisation: Organisation) -> bool:
    """Whether somebody speaks for an organisation."""
    return organisations(user).filter(pk=organisation.pk).exists()


def speakers(organisation_pks: Collection[int]) -> QuerySet[Participant]:
    """Everybody who speaks for one of these organisations."""
    members = Membership.objects.filter(organisation__in=organisation_pks)
    return Participant.objects.filter(pk__in=members.values("participant"), is_active=True)


def cities(user: Any) -> QuerySet[City]:
    """The cities that somebody speaks for."""
    return City.objects.filter(organisation__in=organisations(user))


def may_for_city(user: Any, city: City) -> bool:
    """Whether somebody speaks for a city."""
    return cities(user).filter(pk=city.pk).exists()


def is_of(case: Case, city: City) -> bool:
    """Whether a case is a city's own."""
    return case.city_id == city.pk


def is_team(user: Any, case: Case) -> bool:
    """Whether somebody belongs to the team of a case: who speaks for the city that has done it."""
    return case.city is not None and may_for_city(user, case.city)


def cases(user: Any) -> QuerySet[Case]:
    """The cases of the cities that somebody speaks for."""
    return Case.objects.filter(city__in=cities(user))


def open_cases() -> QuerySet[Case]:
    """The cases that everybody may see."""
    return Case.objects.all()


def own_cities(case: Case) -> QuerySet[City]:
    """The cities whose own case it is."""
    return City.objects.filter(pk=case.city_id)
