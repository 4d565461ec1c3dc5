"""What is one's own on pages of the exhibition that many share: it comes with the join, for many people at once."""

from collections.abc import Collection
from contextlib import suppress
from typing import Any

from django.db import IntegrityError, transaction

from common.contract import Place
from common.prepared import Prepared
from common.registry import registry
from expo.models import Badge, Exhibitor, Favourite, Lead, Member, Talk, Visit
from expo.models.leads import GIVEN
from people.permissions import can

_SAVED = Prepared(
    lambda people, editions: Favourite.objects.filter(
        participant__in=people, exhibitor__edition__in=editions
    ).values_list("participant", "exhibitor__edition", "exhibitor")
)
_TEAMS = Prepared(
    lambda people, editions: Member.objects.filter(participant__in=people, exhibitor__edition__in=editions).values_list(
        "participant", "exhibitor__edition"
    )
)
_STANDS: Prepared[Exhibitor] = Prepared(lambda pks: Exhibitor.objects.select_related("edition").filter(pk__in=pks))
_MEMBERS = Prepared(
    lambda people, stands: Member.objects.filter(participant__in=people, exhibitor__in=stands).values_list(
        "participant", "exhibitor"
    )
)
_KEPT = Prepared(
    lambda people, stands: Favourite.objects.filter(participant__in=people, exhibitor__in=stands).values_list(
        "participant", "exhibitor"
    )
)
_TALKS = Prepared(
    lambda people, stands, ended: (
        Talk.objects.filter(visitor__in=people, exhibitor__in=stands)
        .exclude(state=ended)
        .values_list("visitor", "exhibitor")
    )
)
_LEADS = Prepared(
    lambda people, stands: Lead.objects.filter(
        participant__in=people, exhibitor__in=stands, withdrawn_at=None
    ).values_list("participant", "exhibitor")
)
_VISITS = Prepared(
    lambda people, stands: Visit.objects.filter(participant__in=people, exhibitor__in=stands).values_list(
        "participant", "exhibitor"
    )
)
_BADGES = Prepared(
    lambda people, editions: Badge.objects.filter(participant__in=people, edition__in=editions).values_list(
        "participant", "edition", "fields"
    )
)


def of_exhibition(places: list[Place]) -> list[dict[str, Any]]:
    """The exhibitors that each has saved in an edition, and whether its list has parts for them alone."""
    people, editions = {who for who, _edition in places}, {pk for _who, pk in places}
    saved: dict[Place, list[int]] = {}
    for who, edition, exhibitor in _SAVED.ask(people, editions):
        saved.setdefault((who, edition), []).append(exhibitor)
    teams = {*_TEAMS.ask(people, editions)}
    return [{"saved": saved.get(place, []), "list": place in teams or place in saved} for place in places]


def of_stand(places: list[Place]) -> list[dict[str, Any]]:
    """Whether a stand's page has parts for each alone; that they look at it is counted."""
    people, pks = {who for who, _stand in places}, {pk for _who, pk in places}
    stands = {stand.pk: stand for stand in _STANDS.ask(pks)}
    members = {*_MEMBERS.ask(people, pks)}
    _count({*places} - members - {*_VISITS.ask(people, pks)}, stands)
    known = members.union(_KEPT.ask(people, pks), _TALKS.ask(people, pks, Talk.State.ENDED.value))
    known |= {*_LEADS.ask(people, pks)}
    badges = _BADGES.ask(people, {stand.edition_id for stand in stands.values()})
    chosen = {(who, edition) for who, edition, fields in badges if fields != GIVEN}
    return [
        {"stand": (who, pk) in known or (pk in stands and (who, stands[pk].edition_id) in chosen)} for who, pk in places
    ]


def _count(places: Collection[Place], stands: dict[int, Exhibitor]) -> None:
    """Count who takes part and looks at a stand; nobody, this time, where somebody is deleted meanwhile."""
    people = registry.participants({who for who, _stand in places})
    visits = [
        Visit(participant_id=who, exhibitor_id=pk)
        for who, pk in sorted(places)
        if who in people and pk in stands and can(people[who], "expo.take_part", stands[pk])
    ]
    if visits:
        with suppress(IntegrityError), transaction.atomic():
            Visit.objects.bulk_create(visits, ignore_conflicts=True)
