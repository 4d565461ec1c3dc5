"""A city takes a case over: steps, what it does otherwise, what is public."""

import pytest

from collaboration import replicating
from collaboration.models import Replication
from people.refusal import Refused
from tests.collaboration.conftest import case_of, city_of, draft_of, signed_by

pytestmark = pytest.mark.django_db
STEPS_IN = {
    "interested": ["talk", "adapt", "drop"],
    "talking": ["adapt", "run", "drop"],
    "adapting": ["run", "drop"],
    "running": ["drop"],
    "dropped": ["resume"],
}


@pytest.fixture
def cases(place):
    place["giver"] = city_of("Da Nang", place["all"]["speaker"])
    place["taker"] = city_of("Accra", place["all"]["attendee"], place["all"]["moderator"])
    place["case"] = case_of(place["giver"])
    return place


@pytest.mark.parametrize("name", STEPS_IN)
def test_the_steps_of_each_state(name):
    assert replicating.MACHINE.allowed(name) == STEPS_IN[name]


def test_from_interested_to_running(cases):
    who = cases["all"]["attendee"]
    pk = replicating.begin(cases["case"], cases["taker"], who).pk
    replicating.step(pk, "talk", who, expected=0)
    with pytest.raises(Refused) as refusal:
        replicating.step(pk, "run", who)
    assert refusal.value.status == 422, "first what was done otherwise"
    assert replicating.running(cases["case"]) == []
    replicating.adapt(pk, "Mango trees instead", who)
    replicating.step(pk, "run", who, expected=1)
    [running] = replicating.running(cases["case"])
    assert running["city"] == cases["taker"] and running["adaptations"][0].text == "Mango trees instead"
    assert replicating.counts(cases["case"]) == {"asked": 1, "running": 1}


def test_who_drops_it_says_why(cases):
    who = cases["all"]["attendee"]
    pk = replicating.begin(cases["case"], cases["taker"], who).pk
    with pytest.raises(Refused):
        replicating.step(pk, "drop", who)
    replicating.step(pk, "drop", who, reason="No ground to plant")
    assert replicating.counts(cases["case"]) == {"asked": 1, "running": 0}
    assert replicating.step(pk, "resume", who).reason == ""


def test_two_of_one_city(cases):
    """The second finds what the first began, and whoever saw an older state is told so."""
    first, second = cases["all"]["attendee"], cases["all"]["moderator"]
    begun = replicating.begin(cases["case"], cases["taker"], first)
    assert replicating.begin(cases["case"], cases["taker"], second) == begun
    assert Replication.objects.count() == 1 and begun.steps.count() == 1
    replicating.step(begun.pk, "talk", first, expected=0)
    with pytest.raises(Refused):
        replicating.step(begun.pk, "drop", second, expected=0, reason="No money")
    begun.refresh_from_db()
    assert begun.state == "talking"


def test_only_for_a_city_that_one_speaks_for_and_not_its_own_case(cases):
    with pytest.raises(Refused):
        replicating.begin(cases["case"], cases["taker"], cases["all"]["speaker"])
    with pytest.raises(Refused):
        replicating.begin(cases["case"], cases["giver"], cases["all"]["speaker"])


def test_the_pages(cases, client):
    client.cookies["sessionid"] = cases["cookies"]["attendee"]
    answer = client.post(f"/cases/{cases['case'].pk}/replicate/", {"city": cases["taker"].pk})
    replication = Replication.objects.get()
    assert answer.url == replication.get_absolute_url()
    client.post(f"{answer.url}adapt/", {"words": "Mango trees"})
    client.post(f"{answer.url}say/", {"words": "How deep?"})
    client.post(f"{answer.url}step/", {"action": "talk", "version": "0"})
    assert all(words in client.get(answer.url).text for words in ("Mango trees", "How deep?", "Talking"))
    assert "Trees that talk" in client.get("/replications/").text
    client.cookies["sessionid"] = cases["cookies"]["speaker"]
    client.post(f"{answer.url}say/", {"words": "One metre."})
    assert "One metre." in client.get(answer.url).text and "Accra" in client.get("/replications/").text
    assert client.post(f"{answer.url}step/", {"action": "drop", "version": "1", "reason": "x"}).status_code == 404
    assert [message.from_team for message in replication.messages.all()] == [False, True]
    for who in ("organiser", "outsider"):
        client.cookies["sessionid"] = cases["cookies"][who]
        assert client.get(answer.url).status_code == 404
        assert client.post(f"{answer.url}say/", {"words": "x"}).status_code == 404


def test_the_page_of_a_case_has_the_counts_and_the_button_for_who_may(cases, client):
    page, words = cases["case"].get_absolute_url(), "We are interested"
    text = client.get(page).text
    assert "0 cities asked" in text and words not in text
    for who, offered in (("attendee", True), ("speaker", False), ("organiser", False)):
        client.cookies["sessionid"] = cases["cookies"][who]
        assert (words in client.get(page).text) == offered, who
    replication = replicating.begin(cases["case"], cases["taker"], cases["all"]["attendee"])
    replicating.adapt(replication.pk, "Xk7canary", cases["all"]["attendee"])
    replicating.write(replication.pk, "Xk7canary", cases["all"]["attendee"], from_team=False)
    client.cookies["sessionid"] = cases["cookies"]["speaker"]
    assert replication.get_absolute_url() in client.get(page).text, "its team sees who asked"
    client.cookies.clear()
    text = client.get(page).text
    assert "1 city asked" in text and "0 run it" in text and "Accra" not in text and "Xk7canary" not in text
    assert "Trees that talk" not in client.get(cases["taker"].get_absolute_url()).text
    for step in ("adapt", "run"):
        replicating.step(replication.pk, step, cases["all"]["attendee"])
    text = client.get(page).text
    assert "1 runs it" in text and "Accra" in text and text.count("Xk7canary") == 1
    assert "Trees that talk" in client.get(cases["taker"].get_absolute_url()).text


def test_the_page_of_a_city_has_what_it_has_promised_in_public(cases, client):
    who = cases["all"]["attendee"]
    organisation = cases["taker"].organisation
    draft_of(cases["edition"], organisation, title="Xk7canary")
    signed_by(draft_of(cases["edition"], organisation, title="Mango trees"), (organisation, who))
    text = client.get(cases["taker"].get_absolute_url()).text
    assert "Mango trees" in text and "Xk7canary" not in text


def test_long_lists_come_a_page_at_a_time(cases, client):
    client.cookies["sessionid"] = cases["cookies"]["attendee"]
    for number in range(60):
        case = case_of(cases["giver"], f"Case {number:02}")
        replication = Replication.objects.create(case=case, city=cases["taker"])
    for number in range(60):
        replication.messages.create(text=f"Word {number:02}", author=cases["all"]["attendee"], from_team=False)
    first, second = client.get("/replications/").text, client.get("/replications/?ours=2").text
    assert (first.count("Case "), second.count("Case ")) == (50, 10)
    page = client.get(replication.get_absolute_url()).text
    assert "Word 59" in page and "Word 09" not in page and page.index("Word 58") < page.index("Word 59")
    assert "Word 09" in client.get(f"{replication.get_absolute_url()}?messages=2").text


@pytest.mark.parametrize(
    ("role", "offered", "told"),
    [("attendee", True, False), ("speaker", False, False), ("outsider", False, True), (None, False, True)],
)
def test_who_speaks_for_no_city_reads_who_does_and_how_to(cases, client, role, offered, told):
    if role:
        client.cookies["sessionid"] = cases["cookies"][role]
    text = client.get(cases["case"].get_absolute_url()).text
    assert ("We are interested" in text) is offered
    assert ("Who speaks for a city says here" in text) is told
