"""What collaboration adds to the pages of cities and cases."""

from collections.abc import Sequence
from typing import Any

from django.template.context import RequestContext
from django.utils.translation import gettext_lazy

from cities.models import Case
from collaboration import replicating, speaking
from collaboration.models import Commitment, Replication
from common.contract import CityPart, Panel, PartLine

MOST = 50  # lines
NEWEST = 12  # cities that asked, on the page of the case


def _commitments(city: Any, user: Any) -> Sequence[PartLine]:
    """What a city has promised in public."""
    if city.organisation_id is None:
        return []
    found = Commitment.objects.public().of([city.organisation_id])[:MOST]
    return [PartLine(str(each), each.get_absolute_url(), each.get_state_display()) for each in found]


def _running(city: Any, user: Any) -> Sequence[PartLine]:
    """The cases of others that run in a city."""
    found = Replication.objects.filter(city=city.pk, state=Replication.State.RUNNING, case__is_public=True)
    cases = [each.case for each in found.select_related("case__city")[:MOST]]
    return [PartLine(str(case), case.get_absolute_url(), case.city.name if case.city else "") for case in cases]


def _taken_over(page: RequestContext, case: Case) -> dict[str, Any]:
    """How many cities asked for a case, where it runs, and what one's own cities do with it."""
    user = page["request"].user
    spoken_for = list(speaking.cities(user))
    cities = [city for city in spoken_for if not speaking.is_of(case, city)]
    ours = Replication.objects.filter(case=case, city__in=cities).select_related("city")
    begun = {each.city_id for each in ours}
    return {
        "case": case,
        "counts": replicating.counts(case),
        "running": replicating.running(case),
        "ours": ours,
        "theirs": case.replications.select_related("city")[:NEWEST] if speaking.is_team(user, case) else [],
        "newest": NEWEST,
        "free": [city for city in cities if city.pk not in begun],
        "speaks": bool(spoken_for),
    }


CITY_PARTS = [CityPart(gettext_lazy("Commitments"), _commitments), CityPart(gettext_lazy("Taken over"), _running)]
CASE_PANELS = [Panel("collaboration/_case.html", _taken_over)]
