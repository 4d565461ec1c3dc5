"""Incubation: a challenge is a category; its teams enter and are judged as all, and go through stages afterwards."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from awards import audience, content, deciding, entering, incubating, state
from awards.models import Category, Entry, EntryStep
from cities.models import Organisation
from common import clock
from people.models import AuditEntry
from people.refusal import Refused
from tests.awards.conftest import STAGES, WHOLE, category_of, entry_of
from tests.people.matrix import signed_in

PAGE = "/tomorrow/incubation/"


@pytest.fixture
def challenge(place):
    host = Organisation.objects.create(kind="city", name="City of Tampere", slug="tampere")
    return category_of(place["call"], "Courtyards that drink", kind="challenge", stages=STAGES, host=host)


def chosen(place, challenge, title="Rain garden"):
    return entry_of(challenge, place["all"]["attendee"], "finalist", title=title)


def test_a_team_goes_the_way_of_every_entry_and_then_through_the_stages(place, challenge):
    owner, organiser, chair = (place["all"][role] for role in ("attendee", "organiser", "moderator"))
    entry = entering.begin(challenge, owner)
    Entry.objects.filter(pk=entry.pk).update(draft=WHOLE | {"title": "Rain garden"})
    entering.submit(entry.pk, owner, clock.now(), "")
    state.step(entry.pk, "accept", organiser)
    page = lambda: signed_in(place, "anonymous").get(PAGE).text  # noqa: E731
    assert "Courtyards that drink" in page() and "City of Tampere" in page() and "Rain garden" not in page()
    with pytest.raises(Refused):
        incubating.move(entry.pk, "pilot", organiser)
    deciding.place(challenge, deciding.FINALISTS, entry.pk, "finalist", chair)
    deciding.seal(challenge, deciding.FINALISTS, chair)
    assert "Rain garden" not in page()
    deciding.open_finalists(challenge, chair)
    assert "Rain garden" in page()
    moved = incubating.move(entry.pk, "pilot", organiser)
    assert (moved.state, moved.stage) == ("finalist", "pilot")
    assert AuditEntry.objects.filter(action="awards.move", by_id=organiser.pk).exists()


def test_everybody_sees_the_farthest_first_in_their_language(place, challenge):
    Category.objects.filter(pk=challenge.pk).update(words={"es": {"name": "Patios", "labels": {"pilot": "Piloto"}}})
    for title, stage in (("Moss", "ended"), ("Clay", "try"), ("Rain", "pilot"), ("New", "")):
        entry = chosen(place, challenge, title)
        if stage:
            incubating.move(entry.pk, stage, place["all"]["organiser"])
    [shown] = incubating.challenges()
    ways = {"Rain": "Pilot", "Clay": "First try", "New": "First try", "Moss": "Ended"}
    assert {team.title: team.stage for team in shown.teams} == ways
    assert (shown.teams[0].title, shown.teams[-1].title) == ("Rain", "Moss")
    spanish = signed_in(place, "anonymous").get(PAGE, headers={"accept-language": "es"}).text
    assert "Patios" in spanish and "Piloto" in spanish


@pytest.mark.parametrize("role", ["attendee", "speaker", "moderator", "anonymous"])
def test_only_organisers_move_a_team(place, challenge, role):
    team = chosen(place, challenge)
    sent = {"stage": "pilot", "version": team.version}
    path = reverse("awards:move", args=[team.pk])
    assert signed_in(place, role).post(path, sent).status_code in (403, 404)
    assert signed_in(place, "organiser").post(path, sent).status_code == 302
    assert signed_in(place, "organiser").post(path, sent).status_code == 409, "who saw an older state is told so"
    team.refresh_from_db()
    assert team.stage == "pilot" and EntryStep.objects.filter(entry=team, action="move").count() == 1


@pytest.mark.parametrize("stage", ["", "nothing", "PILOT", "x" * 40, "pilot "])
def test_a_stage_is_one_of_the_challenges(place, challenge, stage):
    team = chosen(place, challenge)
    sent = {"stage": stage, "version": team.version}
    assert signed_in(place, "organiser").post(reverse("awards:move", args=[team.pk]), sent).status_code == 422
    other = entry_of(place["category"], place["all"]["attendee"], "finalist")
    sent = {"stage": "pilot", "version": other.version}
    assert signed_in(place, "organiser").post(reverse("awards:move", args=[other.pk]), sent).status_code == 422


def test_a_challenge_is_no_award(place, challenge):
    team = chosen(place, challenge)
    entry_of(place["category"], place["all"]["attendee"], "finalist", title="Shade")
    index = signed_in(place, "anonymous").get(reverse("awards:index", args=[place["slug"]])).text
    assert "Shade" in index and "Courtyards" not in index and team.title not in index
    page = signed_in(place, "anonymous").get(team.get_absolute_url()).text
    assert "First try" in page and "Finalist" not in page and PAGE in page
    ballot = category_of(place["call"], "Audience", kind="audience", questions=[], criteria=[])
    with pytest.raises(Refused):  # one finalist alone is no vote: the team is none
        audience.add(place["at"], ballot, None, place["all"]["organiser"])


def test_a_call_that_has_not_opened_is_not_shown(place, challenge):
    type(place["call"]).objects.update(opens_at=clock.now() + timedelta(hours=1))
    assert "Courtyards" not in signed_in(place, "anonymous").get(PAGE).text


def test_the_form_of_a_challenge(place, challenge):
    client, path = signed_in(place, "organiser"), reverse("awards:category", args=[place["slug"], challenge.pk])
    assert "try | First try" in client.get(path).text
    sent = {"name": "Courtyards", "kind": "challenge", "position": "1", "round": "weighted"}
    sent |= {"questions": content.as_lines(challenge.questions), "criteria": content.as_lines(challenge.criteria)}
    assert client.post(path, sent | {"stages": ""}).status_code == 422
    assert client.post(path, sent | {"stages": "ended | Over"}).status_code == 422
    assert client.post(path, sent | {"stages": "one | One\nsecond"}).status_code == 422
    incubating.move(chosen(place, challenge).pk, "pilot", place["all"]["organiser"])
    assert client.post(path, sent | {"stages": "try | First try"}).status_code == 422, "a team is at another"
    assert client.post(path, sent | {"stages": "pilot | Pilot at last\nuse | In use"}).status_code == 302
    challenge.refresh_from_db()
    assert challenge.stages == [{"key": "pilot", "label": "Pilot at last"}, {"key": "use", "label": "In use"}]


def test_stages_are_lines():
    assert content.stages_of("a | A\n\nb | B | more") == [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}]
    with translation.override("en"), pytest.raises(ValidationError, match="same key"):
        content.stages_of("a | A\na | B")


def test_many_challenges_take_few_queries(place, challenge, django_assert_max_num_queries):
    for number in range(8):
        chosen(place, category_of(place["call"], f"Challenge {number}", kind="challenge", stages=STAGES))
    with django_assert_max_num_queries(2):
        assert len(incubating.challenges()) == 9
