"""What grows for years comes a page at a time: a dialogue with its end first, uses with evidence first."""

from datetime import timedelta

from django.urls import reverse

from cities import offering
from cities.models import CaseMessage, SolutionUse
from common import clock
from tests.cities.conftest import case_of, city_of, organisation_of, solution_of, verified
from tests.people.matrix import signed_in


def test_a_dialogue_shows_its_end_in_order(place):
    by = place["all"]["attendee"]
    case = case_of(place["city"], by, "review")
    words = [CaseMessage(case=case, author=by, text=f"Word {number:03}", from_team=True) for number in range(120)]
    CaseMessage.objects.bulk_create(words)
    address = reverse("cities:own", args=[case.pk])
    page = signed_in(place, "attendee").get(address).text
    assert page.count("Word ") == 50 and page.index("Word 070") < page.index("Word 119")
    assert "Word 000" in signed_in(place, "attendee").get(f"{address}?dialogue=3").text


def test_uses_stand_by_what_can_be_trusted(place):
    solution = solution_of(place["city"].organisation, is_public=True, state="published")
    marked, ended = organisation_of("Marked"), organisation_of("Ended")
    verified(marked)
    verified(ended)
    type(ended).objects.filter(pk=ended.pk).update(level_until=clock.now() - timedelta(days=1))
    cities = [city_of("A"), city_of("B", ended), city_of("C", marked), city_of("D")]
    for city, source in zip(cities, ["", "", "", "https://example.org/"], strict=True):
        SolutionUse.objects.create(solution=solution, city=city, words="Good", source=source)
    assert [use.city.name for use in offering.uses_of(solution)] == ["D", "C", "A", "B"]
