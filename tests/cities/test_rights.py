"""Who may do what: everybody, participants, a team, who speaks for an organisation, editors, organisers."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from cities import trust
from cities.models import Case, City, Membership, Organisation
from people.models import Role
from tests.cities.conftest import case_of, city_of, member_of, organisation_of, solution_of, tool_of, verified
from tests.people.matrix import signed_in

LISTS = ("overview", "cities", "cases", "tools", "solutions", "thanks")
FOR_PARTICIPANTS = ("mine", "propose", "new_tool", "new_solution")


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_for_everybody_but_the_banned(place, name):
    assert Client().get(reverse(f"cities:{name}")).status_code == 200
    assert signed_in(place, "guest").get(reverse(f"cities:{name}")).status_code == 200
    assert signed_in(place, "banned").get(reverse(f"cities:{name}")).status_code == 403


@pytest.mark.parametrize("name", FOR_PARTICIPANTS)
def test_writing_is_for_participants(place, name):
    for role, status in {"attendee": 200, "organiser": 200, "guest": 404, "outsider": 404, "anonymous": 404}.items():
        assert signed_in(place, role).get(reverse(f"cities:{name}")).status_code == status, role


def test_a_draft_is_its_teams_alone(place):
    case = case_of(place["city"], place["all"]["attendee"], "draft", title="Hidden")
    pages = {name: reverse(f"cities:{name}", args=[case.pk]) for name in ("case", "own", "edit", "check")}
    expected = {"attendee": ("own", "edit"), "moderator": (), "organiser": (), "anonymous": ()}
    for role, seen in expected.items():
        for name, path in pages.items():
            assert signed_in(place, role).get(path).status_code == (200 if name in seen else 404), (role, name)
    for name in ("step", "say", "edit"):
        path = reverse(f"cities:{name}", args=[case.pk])
        sent = {"action": "submit", "version": case.version, "words": "Hello", "title": "Stolen"}
        assert signed_in(place, "moderator").post(path, sent).status_code == 404, name
    case.refresh_from_db()
    assert case.draft["title"] == "Hidden" and case.state == "draft" and not case.messages.exists()


def test_who_speaks_for_an_organisation_writes_its_cases(place):
    case = case_of(place["city"], place["all"]["organiser"], "draft")
    path = reverse("cities:edit", args=[case.pk])
    assert signed_in(place, "attendee").get(path).status_code == 200
    Membership.objects.update(state="asked")
    assert signed_in(place, "attendee").get(path).status_code == 404


def test_a_public_case_is_for_everybody_and_not_before(place):
    case = case_of(place["city"], place["all"]["attendee"], "review")
    path = reverse("cities:case", args=[case.pk])
    assert Client().get(path).status_code == 404
    editor = reverse("cities:check", args=[case.pk])
    assert signed_in(place, "moderator").get(editor).status_code == 404
    Role.objects.create(participant=place["all"]["moderator"], name="editor", scope=f"edition:{place['edition']}")
    sent = {"action": "publish", "version": case.version}
    assert signed_in(place, "moderator").post(reverse("cities:decide", args=[case.pk]), sent).status_code == 302
    assert Client().get(path).status_code == 200
    assert Client().get(reverse("cities:version", args=[case.pk, 1])).status_code == 200


def test_a_profile_is_edited_by_its_members_and_organisers(place):
    city, path = place["city"], reverse("cities:edit_city", args=[place["city"].slug])
    sent = {"name": "Tampere", "country": "Finland", "region": "europe", "timezone": "Europe/Helsinki", "text": "Trams"}
    for role, status in {"attendee": 302, "organiser": 302, "moderator": 404, "anonymous": 404}.items():
        assert signed_in(place, role).post(path, sent).status_code == status, role
    Membership.objects.update(role="member")
    assert signed_in(place, "attendee").post(path, sent).status_code == 404
    assert City.objects.get(pk=city.pk).text == "Trams"


def test_private_needs_are_for_who_edits_the_city(place):
    City.objects.filter(pk=place["city"].pk).update(private_needs="Money")
    for role, seen in {"attendee": True, "organiser": True, "moderator": False, "anonymous": False}.items():
        assert ("Money" in signed_in(place, role).get(place["city"].get_absolute_url()).text) is seen, role


def test_a_claimed_organisation_is_for_who_claims_it_and_organisers(place):
    made = trust.propose(place["all"]["attendee"], "I founded it", name="Newcomers", kind="civic")
    for role, status in {"attendee": 200, "organiser": 200, "moderator": 404, "anonymous": 404}.items():
        assert signed_in(place, role).get(made.get_absolute_url()).status_code == status, role
    assert "Newcomers" in signed_in(place, "organiser").get(reverse("cities:desk")).text
    assert not Organisation.objects.get(pk=made.pk).is_public
    trust.decide_claim(made.memberships.get().pk, place["all"]["organiser"], "approve")
    assert Client().get(made.get_absolute_url()).status_code == 200


def test_claims_are_decided_by_organisers_and_focal_points_of_that_organisation(place):
    claim = trust.claim(place["organisation"], place["all"]["speaker"], "I draw the lines")
    other = organisation_of("City of Lagos")
    focal = member_of(other, place["all"]["moderator"], "focal")
    path = reverse("cities:decide_claim", args=[claim.pk])
    for role in ("moderator", "attendee", "speaker", "anonymous"):  # a focal point of another, an editor, oneself
        assert signed_in(place, role).post(path, {"action": "approve"}).status_code == 404, role
    Membership.objects.filter(pk=focal.pk).update(organisation=place["organisation"])
    assert signed_in(place, "moderator").post(path, {"action": "approve", "role": "member"}).status_code == 302
    claim.refresh_from_db()
    assert claim.approved and claim.decided_by == place["all"]["moderator"]


def test_words_of_a_claim_are_for_who_decides(place):
    trust.claim(place["organisation"], place["all"]["speaker"], "Secret reasons")
    for role, seen in {"organiser": True, "attendee": False, "moderator": False, "anonymous": False}.items():
        assert ("Secret" in signed_in(place, role).get(place["organisation"].get_absolute_url()).text) is seen, role


@pytest.mark.parametrize(("name", "make"), [("tool", tool_of), ("solution", solution_of)])
def test_an_offer_is_reviewed_before_everybody_sees_it(place, name, make):
    offer = make(place["organisation"], place["all"]["attendee"])
    path, step = offer.get_absolute_url(), reverse(f"cities:step_{name}", args=[offer.pk])
    decide = reverse(f"cities:decide_{name}", args=[offer.pk])
    assert Client().get(path).status_code == 404 and signed_in(place, "moderator").get(path).status_code == 404
    assert signed_in(place, "moderator").post(step, {"action": "submit", "version": 0}).status_code == 404
    assert signed_in(place, "attendee").post(step, {"action": "publish", "version": 0}).status_code == 302
    assert Client().get(path).status_code == 404  # no step of theirs
    assert signed_in(place, "attendee").post(step, {"action": "submit", "version": 0}).status_code == 302
    assert signed_in(place, "attendee").post(decide, {"action": "publish", "version": 1}).status_code == 404
    assert signed_in(place, "organiser").post(decide, {"action": "publish", "version": 1}).status_code == 302
    assert Client().get(path).status_code == 200
    edit = reverse(f"cities:edit_{name}", args=[offer.pk])
    assert signed_in(place, "moderator").get(edit).status_code == 404
    sent = {"name": "Other", "text": "New words", "kind": "method", "url": "https://example.org/", "licence": "cc0"}
    assert signed_in(place, "attendee").post(edit, sent).status_code == 302
    assert Client().get(path).status_code == 404  # new words are reviewed again


def test_a_use_is_said_by_the_citys_own_people(place):
    tool = tool_of(organisation_of("City of Lagos"), is_public=True, state="published")
    path, sent = reverse("cities:use_tool", args=[tool.pk]), {"city": place["city"].pk, "words": "Works"}
    assert signed_in(place, "moderator").post(path, sent).status_code == 422
    assert signed_in(place, "anonymous").post(path, sent).status_code == 403
    elsewhere = city_of("Lagos", country="Nigeria", region="africa")
    assert signed_in(place, "attendee").post(path, sent | {"city": elsewhere.pk}).status_code == 422
    assert signed_in(place, "attendee").post(path, sent).status_code == 302
    assert tool.uses.get().city == place["city"]


def test_a_case_is_begun_for_ones_own_organisation(place):
    path = reverse("cities:begin")
    assert signed_in(place, "attendee").post(path, {"organisation": place["organisation"].pk}).status_code == 302
    assert signed_in(place, "moderator").post(path, {"organisation": place["organisation"].pk}).status_code == 422
    assert Case.objects.get().city == place["city"]


def test_what_a_colleague_said_of_a_use_is_not_replaced_unseen(place):
    tool = tool_of(organisation_of("City of Lagos"), is_public=True, state="published")
    member_of(place["organisation"], place["all"]["moderator"])
    mine, theirs = signed_in(place, "attendee"), signed_in(place, "moderator")
    path = reverse("cities:use_tool", args=[tool.pk])
    sent = {"city": place["city"].pk, "seen": _seen(mine, tool)}
    assert theirs.post(path, sent | {"words": "A colleague's"}).status_code == 302
    assert mine.post(path, sent | {"words": "Mine"}).status_code == 409 and tool.uses.get().words == "A colleague's"
    assert mine.post(path, sent | {"words": "Mine", "seen": _seen(mine, tool)}).status_code == 302
    assert mine.post(path, sent | {"words": "Mine again"}).status_code == 302, "one's own words are one's own"


def _seen(client, tool):
    return re.search('name="seen" value="([^"]+)"', client.get(tool.get_absolute_url()).text)[1]


def test_why_a_verification_ends_is_kept_whole_or_refused(place):
    found = verified(place["organisation"])
    path, client = reverse("cities:unverify", args=[found.pk]), signed_in(place, "organiser")
    assert client.post(path, {"words": "x" * 301}).status_code == 422
    assert client.post(path, {"words": "x" * 300}).status_code == 302
    found.refresh_from_db()
    assert found.ended_reason == "x" * 300
