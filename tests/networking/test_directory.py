"""The directory: who agreed, found by what they show; people to meet, with the reason."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agenda.models import FollowedTheme, Saved
from cities.models import City, Membership, Organisation, Solution
from cities.tags import tags_of
from collaboration.models import Delegate
from common import clock
from expo.models import Availability
from networking import keeping_away, listing, suggesting
from networking.models import Card
from people.models import Ban, Participant, Registration, Role
from sessions.models import Session
from tests.collaboration.conftest import delegation_of
from tests.networking.conftest import card_of

pytestmark = pytest.mark.django_db


def client(place, who):
    made = Client()
    made.cookies["sessionid"] = place["cookies"][who]
    return made


def names(place, who="amara", **asked):
    cards = listing.listed(place["at"].edition, place["all"][who])
    return {card.participant.name for card in listing.narrowed(cards, **asked)}


def follow(place, who, *themes):
    for theme in themes:
        FollowedTheme.objects.create(participant=place["all"][who], theme=place["themes"][theme])


def address(place, name, *arguments):
    return reverse(f"networking:{name}", args=[place["slug"], *arguments])


def profile(place, who, **fields):
    Participant.objects.filter(pk=place["all"][who].pk).update(**fields)


def test_nobody_is_in_it_who_has_not_agreed(place):
    card_of(place, "ming", is_listed=False)
    assert names(place) == set()
    for name in ("person", "ask"):
        for who in ("ming", "third"):
            send = client(place, "amara").get if name == "person" else client(place, "amara").post
            assert send(address(place, name, place["all"][who].pk), {"text": "x"}).status_code == 404


def test_consent_is_given_on_the_card_and_taken_back_at_once_everywhere(place):
    ming, amara = client(place, "ming"), client(place, "amara")
    page, person = address(place, "directory"), address(place, "person", place["all"]["ming"].pk)
    assert "checked" not in ming.get(address(place, "card")).text.split("is_listed")[1].split(">")[0], "off at first"
    sent = {"is_listed": "on", "shows_country": "on", "about": "Xk7about"}
    assert ming.post(address(place, "card"), sent).status_code == 302
    follow(place, "ming", 0)
    follow(place, "amara", 0)
    Card.objects.update(shows_interests=True)
    Availability.objects.create(edition=place["at"].edition, participant=place["all"]["ming"], is_open=True)
    meet = reverse("expo:meet_person", args=[place["slug"], place["all"]["ming"].pk])
    assert "Xk7about" in amara.get(page).text and "People you should meet" in amara.get(page).text
    assert "Xk7about" in amara.get(person).text and meet in amara.get(person).text
    assert amara.get(meet).status_code == 200
    assert ming.post(address(place, "card"), {"about": "Xk7about"}).status_code == 302
    for path in (page, f"{page}?q=xk7", f"{page}?theme={place['themes'][0].pk}", person, meet):
        assert "Xk7about" not in amara.get(path).text, path
    assert [amara.get(path).status_code for path in (person, meet)] == [404, 404]
    assert "People you should meet" not in amara.get(page).text


def test_it_is_found_by_what_is_shown_and_by_nothing_else(place):
    profile(place, "ming", name="李明", organisation="Città di Xk7", country="China")
    card_of(place, "ming", about="Metro data")
    follow(place, "ming", 0)
    theme = place["themes"][0].pk
    for asked in ({"text": "李明"}, {"text": "citta XK7"}, {"text": "METRO"}, {"theme": theme}, {"country": "China"}):
        assert names(place, **asked) == {"李明"}, asked
    Card.objects.update(shows_organisation=False, shows_interests=False, shows_country=False)
    hidden = [{"text": "xk7"}, {"theme": theme}, {"country": "China"}]
    assert [names(place, **asked) for asked in hidden] == [set()] * 3
    cards = listing.listed(place["at"].edition, place["all"]["amara"])
    assert listing.countries(cards) == [] and listing.themes(place["at"].edition, cards) == []
    for page in ("directory", "person"):
        path = address(place, page, *([place["all"]["ming"].pk] if page == "person" else []))
        text = client(place, "amara").get(path).text
        assert "Xk7" not in text and "China" not in text and "@example.org" not in text, page


def test_facets_count_those_of_the_directory(place):
    for who, country in (("ming", "China"), ("third", "China"), ("attendee", "Spain"), ("organiser", "Spain")):
        profile(place, who, country=country)
        follow(place, who, 0)
        card_of(place, who, is_listed=who != "organiser")
    cards = listing.listed(place["at"].edition, place["all"]["amara"])
    assert listing.countries(cards) == [("China", 2), ("Spain", 1)]
    assert [(name, count) for _pk, name, count in listing.themes(place["at"].edition, cards)] == [("Shade", 3)]


@pytest.mark.parametrize("how", ["banned", "cancelled", "left", "inactive", "blocks", "is blocked"])
def test_who_leaves_it(place, how):
    card_of(place, "ming")
    ming, amara, scope = place["all"]["ming"], place["all"]["amara"], place["at"].edition.room_key
    assert names(place) == {"Ming"}
    if how == "banned":
        Ban.objects.create(participant=ming, scope=scope, reason="x")
    elif how == "cancelled":
        Role.objects.filter(participant=ming).delete()
        Registration.objects.create(
            participant=ming, scope=scope, pass_type="press", ticket="t", cancelled_at=clock.now()
        )
    elif how == "left":
        Role.objects.filter(participant=ming).delete()
    elif how == "inactive":
        profile(place, "ming", is_active=False)
    else:
        by, whom = (ming, amara) if how == "blocks" else (amara, ming)
        keeping_away.block(by, whom.pk, on=True)
    assert names(place) == set()
    assert client(place, "amara").get(address(place, "person", ming.pk)).status_code == 404
    Ban.objects.update(until=clock.now() - timedelta(minutes=1))
    assert (names(place) == {"Ming"}) == (how == "banned"), "a ban that is over"


def suggested(place, who="amara"):
    edition, user = place["at"].edition, place["all"][who]
    found = suggesting.suggestions(edition, user, listing.listed(edition, user))
    return {each.card.participant.name: each.reasons for each in found}


def test_people_one_should_meet_with_the_reason(place):
    for who in ("ming", "third", "attendee"):
        card_of(place, who)
    follow(place, "amara", 0, 1)
    follow(place, "ming", 0)
    other = Session.objects.get(pk=place["other_session"])
    for who in ("amara", "third"):
        Saved.objects.create(participant=place["all"][who], session=other)
    assert suggested(place) == {"Ming": ["You both follow Shade."], "Third": ["You both saved “Grids that listen”."]}
    Card.objects.update(shows_interests=False)
    assert suggested(place) == {}, "interests are not shown"


def test_what_ones_city_looks_for_and_others_offer(place):
    for who, name in (("amara", "Lagos"), ("ming", "Shanghai"), ("third", "Oslo")):
        organisation = Organisation.objects.create(name=f"City of {name}", slug=name.lower(), kind="city")
        city = City.objects.create(
            name=name, slug=name.lower(), country="x", region="asia", organisation=organisation,
            offers=f"{name} offers", looks_for=f"{name} looks", private_needs="Xk7private",
        )  # fmt: skip
        city.tags.set(tags_of(["mobility"] if who != "third" else ["waste"]))
        Membership.objects.create(
            organisation=organisation, participant=place["all"][who], role="editor", state="approved"
        )
        card_of(place, who)
    assert suggested(place) == {
        "Ming": [
            "Shanghai offers, on Mobility: Shanghai offers",
            "Shanghai looks, on Mobility, for: Shanghai looks",
        ]
    }
    firm = Organisation.objects.create(name="Kerb Labs", slug="kerb", kind="company")
    solution = Solution.objects.create(organisation=firm, name="Kerb", text="x", is_public=True)
    solution.tags.set(tags_of(["mobility"]))
    Membership.objects.create(organisation=firm, participant=place["all"]["third"], role="editor", state="approved")
    assert suggested(place)["Third"] == ["Offers “Kerb”, on a theme of yours: Mobility."]
    keeping_away.block(place["all"]["third"], place["all"]["amara"].pk, on=True)
    assert set(suggested(place)) == {"Ming"}
    assert "Xk7private" not in str(suggested(place))


def test_whom_a_delegation_is_from_has_its_citys_needs(place):
    lagos, oslo = (
        Organisation.objects.create(name=f"City of {name}", slug=name.lower(), kind="city")
        for name in ("Lagos", "Oslo")
    )
    for organisation, words in ((lagos, {"looks_for": "Shade"}), (oslo, {"offers": "Awnings"})):
        city = City.objects.create(
            name=organisation.slug,
            slug=organisation.slug,
            country="x",
            region="asia",
            organisation=organisation,
            **words,
        )
        city.tags.set(tags_of(["nature"]))
    Membership.objects.create(organisation=oslo, participant=place["all"]["ming"], role="editor", state="approved")
    card_of(place, "ming")
    assert suggested(place) == {}
    delegation = delegation_of(place["at"].edition, lagos, "somebody@example.org")
    listed = Delegate.objects.create(delegation=delegation, name="Amara", email=place["all"]["amara"].email)
    (reasons,) = suggested(place).values()
    assert len(reasons) == 1 and reasons[0].startswith("oslo offers") and reasons[0].endswith("Awnings")
    Delegate.objects.filter(pk=listed.pk).update(state="withdrawn")
    assert suggested(place) == {}


def test_work_does_not_grow_with_people(place, monkeypatch, django_assert_max_num_queries):
    """So many rows are read of each kind of tie, and so many queries."""
    monkeypatch.setattr(suggesting, "MOST_ROWS", 3)
    follow(place, "amara", 0)
    Role.objects.bulk_create(
        Role(participant=who, name="attendee", scope=place["at"].edition.room_key)
        for who in Participant.objects.bulk_create(
            Participant(email=f"c{number}-{place['slug']}@example.org", name=f"C{number}", password="!")
            for number in range(30)
        )
    )
    crowd = Participant.objects.filter(email__startswith="c", email__endswith=f"{place['slug']}@example.org")
    Card.objects.bulk_create(
        Card(edition=place["at"].edition, participant=who, is_listed=True, shows_interests=True) for who in crowd
    )
    FollowedTheme.objects.bulk_create(FollowedTheme(participant=who, theme=place["themes"][0]) for who in crowd)
    with django_assert_max_num_queries(12):
        assert len(suggested(place)) == 3
    with django_assert_max_num_queries(30):
        page = client(place, "amara").get(address(place, "directory")).text
    assert page.count('class="net-card"') == 24 + 3 and 'rel="next"' in page


def test_following_a_theme_leads_back_to_the_card(place):
    path = reverse("agenda:follow", args=[place["themes"][0].pk])
    card = address(place, "card")
    answer = client(place, "amara").post(path, {"on": "1", "next": f"{card}#interests"})
    assert answer.url == f"{card}#interests"
    assert client(place, "amara").post(path, {"on": "1", "next": "https://example.org/"}).url.startswith("/editions/")
    assert 'aria-pressed="true"' in client(place, "amara").get(card).text
