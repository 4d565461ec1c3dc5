"""Who sees what: the public, who speaks for a party, organisers, moderators; hidden things are nowhere."""

import hashlib

import pytest
from django.test import Client
from django.urls import reverse

from collaboration import delegating, drafting, signing
from tests import world
from tests.collaboration.conftest import delegation_of, draft_of, signed_by

pytestmark = pytest.mark.django_db
WHO = ["anonymous", "outsider", "attendee", "speaker", "moderator", "organiser", "banned", "mayor", "partner"]
PARTIES = {"mayor", "partner"}
ALL = set(WHO)
# state -> page -> who gets it
PAGES = {
    "draft": {
        "commitment": PARTIES,
        "edit": PARTIES,
        "sign": PARTIES,
        "report": PARTIES,
    },
    "signing": {
        "commitment": PARTIES | {"organiser"},
        "text": PARTIES | {"organiser"},
        "edit": PARTIES,
        "sign": PARTIES,
        "report": PARTIES,
    },
    "track": {
        "commitment": ALL - {"banned"},
        "text": ALL - {"banned"},
        "edit": PARTIES,
        "sign": PARTIES,
        "report": PARTIES,
    },
}
WRITES = {
    "edit": {"title": "Hijacked"},
    "parties": {"add": "City of Porto"},
    "step": {"action": "withdraw", "version": "0", "reason": "x"},
    "sign": {},
    "report": {},
}


def client_of(place, who):
    client = Client()
    if who != "anonymous":
        client.cookies["sessionid"] = place["cookies"][who]
    return client


def commitment_in(place, state):
    commitment = draft_of(place["edition"], place["lagos"], place["porto"], title="Xk7canary")
    if state == "signing":
        signing.propose(commitment.pk, place["all"]["mayor"])
    elif state == "track":
        signed_by(commitment, *place["hands"])
    commitment.refresh_from_db()
    return commitment


@pytest.mark.parametrize("state", PAGES)
def test_pages(place, state):
    commitment = commitment_in(place, state)
    for name, seen_by in PAGES[state].items():
        address = reverse(f"collaboration:{name}", args=[commitment.pk, *([1] if name == "text" else [])])
        for who in WHO:
            answer = client_of(place, who).get(address)
            assert (answer.status_code == 200) == (who in seen_by), (name, who, answer.status_code)
            assert answer.status_code in (200, 403, 404), (name, who)
            assert who in seen_by or "Xk7canary" not in answer.text, (name, who)


@pytest.mark.parametrize("name", WRITES)
def test_writes_of_others_are_refused(place, name):
    commitment = commitment_in(place, "signing")
    for who in ALL - PARTIES:
        answer = client_of(place, who).post(reverse(f"collaboration:{name}", args=[commitment.pk]), WRITES[name])
        assert answer.status_code in (403, 404), who
    before = commitment.version
    commitment.refresh_from_db()
    assert commitment.version == before


@pytest.mark.parametrize("state", ["draft", "signing"])
def test_what_is_not_public_is_on_no_list_and_in_no_count(place, state):
    commitment_in(place, state)
    pages = [reverse("collaboration:board"), reverse("collaboration:board") + "?q=xk7&state=track"]
    pages += [reverse(f"collaboration:{name}", args=[place["slug"]]) for name in ("mine", "review", "delegations")]
    for who in ALL - PARTIES:
        for page in pages:
            text = client_of(place, who).get(page).text
            seen = who == "organiser" and state == "signing" and "review" in page
            assert "Xk7canary" not in text or seen, (who, page)
            assert "City of Lagos" not in text or seen, (who, page)
    assert ">0</span>" in client_of(place, "outsider").get(pages[0]).text


def test_a_change_that_is_proposed_is_its_parties_until_all_have_signed(place):
    commitment = commitment_in(place, "track")
    drafting.save(commitment, commitment.draft | {"target": "Xk7other"})
    signing.propose(commitment.pk, place["all"]["mayor"])
    address, text = commitment.get_absolute_url(), reverse("collaboration:text", args=[commitment.pk, 2])
    for who in WHO:
        reads = who in PARTIES | {"organiser"}
        assert ("Xk7other" in client_of(place, who).get(address).text) == reads, who
        assert (client_of(place, who).get(text).status_code == 200) == reads, who


def test_the_file_is_what_was_signed_to_the_byte(place):
    commitment = commitment_in(place, "track")
    answer = client_of(place, "anonymous").get(reverse("collaboration:text", args=[commitment.pk, 1]))
    assert hashlib.sha256(answer.content).hexdigest() == commitment.in_force.digest


def test_the_board_leads_on_who_has_something_there(place):
    board = reverse("collaboration:board")
    mine, review = (reverse(f"collaboration:{name}", args=[place["slug"]]) for name in ("mine", "review"))
    for who in WHO:
        text = client_of(place, who).get(board).text
        assert (mine in text) == (who in PARTIES) and (review in text) == (who == "organiser"), who


def test_the_board_filters(place):
    first = commitment_in(place, "track")
    second = signed_by(draft_of(place["edition"], place["lagos"], days=900, title="Buses at night"), place["hands"][0])
    board = reverse("collaboration:board")

    def found(**query):
        text = Client().get(board, query).text
        return {str(each) for each in (first, second) if each.get_absolute_url() in text}

    both, titles = {"Xk7canary", "Buses at night"}, ("Xk7canary", "Buses at night")
    assert found() == found(state="track") == found(edition=place["slug"]) == found(q="lagos") == both
    assert found(state="late") == found(edition="none") == found(year="1999") == set()
    assert found(q="buses") == {titles[1]} and found(q="porto") == found(party=place["porto"].pk) == {titles[0]}
    assert found(year=second.due.year) == {titles[1]}
    assert found(year="x", party="-1", state="draft") == both, "what is no filter is none"
    assert found(year="0") == both, "no calendar has a year 0"
    second.title = "ÓNIBUS à noite"
    second.save()
    assert found(q="onibus") == found(q="ónibus NOITE") == found(q="noite lagos") == {second.title}


def test_needs_are_found_without_accents(place):
    delegation = delegation_of(place["edition"], place["porto"])
    delegating.publish(delegating.look_for(delegation, "Água para as NÚVENS", place["all"]["partner"]), on=True)
    page = reverse("collaboration:delegations", args=[place["slug"]])
    for words, count in (("nuvens", 1), ("agua núvens", 1), ("agua lagos", 0)):
        assert Client().get(page, {"q": words}).text.count("NÚVENS") == count, words


def test_the_pages_of_a_party_from_begin_to_done(place):
    client = client_of(place, "mayor")
    answer = client.post(reverse("collaboration:begin", args=[place["slug"]]), {"organisation": place["lagos"].pk})
    edit = answer.url
    words = {"title": "Shade", "measure": "Trees", "baseline": "1", "target": "2", "due": "2031-05-01"}
    wrong = client.post(edit, words | {"milestones": "soon"})
    assert wrong.status_code == 422 and "soon" in wrong.text
    assert client.post(edit, words | {"due": "2020-01-01"}).status_code == 422
    answer = client.post(edit, words | {"milestones": "2030-05-01 Half", "propose": "1"})
    sign = answer.url
    page = client.get(sign).text
    digest = page.split('name="digest" value="')[1][:64]
    sent = {"organisation": place["lagos"].pk, "digest": digest, "office": "Mayor"}
    assert client.post(sign, sent).status_code == 422, "without saying that one has read it"
    assert client.post(sign, sent | {"agreed": "on"}).status_code == 302
    report = sign.replace("sign", "report")
    told = {"organisation": place["lagos"].pk, "says": "done", "words": "Planted", "value": "2"}
    assert client.post(report, told).status_code == 422
    assert client.post(report, told | {"evidence": "javascript:alert(1)"}).status_code == 422
    assert client.post(report, told | {"evidence": "https://example.org/"}).status_code == 302
    public = Client().get(sign.replace("sign/", "")).text
    assert all(part in public for part in ("Planted", "https://example.org/", "Done", "Mayor", digest, "Half"))
    assert "no legal signature" in public


def test_who_draws_from_an_older_draft_is_told(place):
    commitment = commitment_in(place, "draft")
    page = client_of(place, "mayor").get(reverse("collaboration:edit", args=[commitment.pk]))
    form = page.context["form"]
    words = commitment.draft | {"milestones": "", "drawn_from": form.marks}
    edit = reverse("collaboration:edit", args=[commitment.pk])
    assert client_of(place, "partner").post(edit, words | {"target": "40 of 80"}).status_code == 302
    assert client_of(place, "mayor").post(edit, words | {"target": "60 of 80"}).status_code == 409
    assert client_of(place, "mayor").post(edit, words | {"baseline": "13 of 80"}).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.draft["target"], commitment.draft["baseline"]) == ("40 of 80", "13 of 80")


def test_a_board_of_many_takes_few_queries(place, django_assert_max_num_queries):
    for number in range(30):
        signed_by(draft_of(place["edition"], place["lagos"], title=f"Promise {number}"), place["hands"][0])
    client = client_of(place, "organiser")
    for address in (reverse("collaboration:board"), reverse("collaboration:review", args=[place["slug"]])):
        with django_assert_max_num_queries(20):
            assert client.get(address).status_code == 200


def test_somebody_of_no_organisation_begins_nothing(place):
    stranger = world.participant("stranger-x", "attendee", place["edition"], place["at"])
    place["cookies"]["stranger"] = world.cookie(stranger)
    address = reverse("collaboration:begin", args=[place["slug"]])
    assert client_of(place, "stranger").post(address, {"organisation": place["lagos"].pk}).status_code == 422
