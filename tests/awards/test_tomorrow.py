"""What of the awards lasts: winners on a city's profile, and entries that become cases by consent."""

from django.urls import reverse

from cities.models import Case
from tests.awards.conftest import entry_of
from tests.cities.conftest import city_of, member_of, organisation_of
from tests.people.matrix import signed_in


def test_a_finalists_author_makes_a_draft_of_a_case(place):
    author = place["all"]["attendee"]
    entry = entry_of(place["category"], author, "finalist", title="Shade", city="ACCRA", country="Ghana")
    city = city_of("Accra", organisation_of("City of Accra"), country="Ghana", region="africa")
    member_of(city.organisation, author)
    path = reverse("awards:case", args=[entry.pk])
    assert signed_in(place, "moderator").post(path).status_code == 404
    assert signed_in(place, "attendee").post(path).status_code == 302
    assert signed_in(place, "attendee").post(path).status_code == 302  # the same one
    case = Case.objects.get()
    assert (case.draft["title"], case.city, case.organisation) == ("Shade", city, city.organisation)
    assert (case.consent, case.state, case.is_public) == (author, "draft", False)


def test_what_is_no_finalist_stays_an_entry(place):
    entry = entry_of(place["category"], place["all"]["attendee"], "eligible", city="Accra")
    assert signed_in(place, "attendee").post(reverse("awards:case", args=[entry.pk])).status_code == 409
    assert not Case.objects.exists()


def test_the_profile_of_a_city_names_its_finalists_only(place):
    author = place["all"]["attendee"]
    city = city_of("Accra", country="Ghana", region="africa")
    entry_of(place["category"], author, "finalist", title="Shade", city="Accra", country="Ghana")
    entry_of(place["category"], author, "eligible", title="Hidden", city="Accra", country="Ghana")
    page = signed_in(place, "anonymous").get(city.get_absolute_url()).text
    assert "Shade" in page and "Hidden" not in page
