"""Who speaks for an organisation or a city, as cities/ knows its members. All that is asked of that app stands here."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from cities import trust
from cities.models import Case, City, Membership, Organisation
from common import clock
from people.models import Participant

R = Membership.Role
SPEAKERS = (R.FOCAL, R.EDITOR)  # they write, report and answer; a focal point signs


def organisations(user: Any) -> QuerySet[Organisation]:
    """The organisations that somebody speaks for."""
    members = Membership.objects.of(user).filter(role__in=SPEAKERS)
    return Organisation.objects.filter(pk__in=members.values("organisation"))


def may(user: Any, organisation: Organisation) -> bool:
    """Whether somebody speaks for an organisation."""
    return organisations(user).filter(pk=organisation.pk).exists()


def signs_for(user: Any) -> QuerySet[Organisation]:
    """The organisations that somebody signs for: as a focal point, and only while it is verified."""
    members = Membership.objects.of(user).filter(role=R.FOCAL)
    verified = Organisation.objects.exclude(level="").filter(level_until__gt=clock.now())
    return verified.filter(pk__in=members.values("organisation"))


def may_sign(user: Any, organisation: Organisation) -> bool:
    """Whether somebody signs for an organisation."""
    return signs_for(user).filter(pk=organisation.pk).exists()


def speakers(organisation_pks: Collection[int]) -> QuerySet[Participant]:
    """Everybody who speaks for one of these organisations."""
    members = Membership.objects.approved().filter(organisation__in=organisation_pks, role__in=SPEAKERS)
    return Participant.objects.filter(pk__in=members.values("participant"), is_active=True)


def cities(user: Any) -> QuerySet[City]:
    """The cities that somebody is a member of."""
    return City.objects.filter(organisation__in=Membership.objects.of(user).values("organisation"))


def may_for_city(user: Any, city: City) -> bool:
    """Whether somebody is a member of a city."""
    return cities(user).filter(pk=city.pk).exists()


def cases(user: Any) -> QuerySet[Case]:
    """The cases whose team somebody belongs to: who writes them, and members of their city."""
    written = Case.objects.of_team(user)
    return Case.objects.filter(pk__in=written.values("pk")) | Case.objects.filter(city__in=cities(user))


def is_team(user: Any, case: Case) -> bool:
    """Whether somebody belongs to the team of a case: who writes it, and members of its city."""
    return trust.is_team(user, case) or trust.is_member(user, case.city.organisation if case.city else None)


def of_team(case: Case) -> QuerySet[Participant]:
    """Everybody who belongs to the team of a case."""
    organisations = [case.organisation_id, case.city.organisation_id if case.city else None]
    members = Membership.objects.approved().filter(organisation__in=[pk for pk in organisations if pk])
    team = Q(pk=case.owner_id) | Q(pk__in=members.values("participant"))
    return Participant.objects.filter(team, is_active=True)


def of_city(city: City) -> QuerySet[Participant]:
    """Everybody who is a member of a city."""
    members = Membership.objects.approved().filter(organisation=city.organisation_id)
    return Participant.objects.filter(pk__in=members.values("participant"), is_active=True)


def is_of(case: Case, city: City) -> bool:
    """Whether a case is a city's own."""
    return case.city_id == city.pk or bool(case.organisation_id and case.organisation_id == city.organisation_id)


def open_cases() -> QuerySet[Case]:
    """The cases that everybody may see."""
    return Case.objects.public()
