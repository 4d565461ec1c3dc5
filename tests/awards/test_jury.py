"""The jury: conflicts are never used, marks are their judge's alone, recusal gives work to others."""

import re

import pytest
from django.urls import reverse

from awards import jury, rounds, state
from awards.models import Conflict, Judge, Review
from people.models import Participant, Role
from people.refusal import Refused
from tests import world
from tests.awards.conftest import entry_of, judge_of, stranger
from tests.awards.test_entering import signed_in

pytestmark = pytest.mark.django_db
MARKS = {"impact": 8, "idea": 3}


@pytest.fixture
def judges(place):
    made = [judge_of(place["call"], stranger(number)) for number in range(4)]
    for number, judge in enumerate(made):
        place["cookies"][f"judge{number}"] = world.cookie(judge.participant)
    return made


@pytest.fixture
def entries(place):
    return [entry_of(place["category"], place["all"]["attendee"], "eligible", title=f"Entry {n}") for n in range(8)]


def pairs():
    return set(Review.objects.values_list("judge", "entry"))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"organisation": "city of  LAGOS "}, None),
        ({"organisation": "City of LAGOS "}, "organisation"),
        ({"city": "lágos"}, "city"),
        ({"organisation": "", "city": ""}, None),
    ],
)
def test_conflicts_are_found(place, entries, fields, why):
    judge = judge_of(place["call"], stranger(9, **fields))
    assert jury.conflicts_of([judge], entries[:1]).get((judge.pk, entries[0].pk)) == why


def test_authors_and_who_said_so_have_conflicts(place, entries, judges):
    entries[0].authors.add(judges[0].participant)
    Conflict.objects.create(judge=judges[1], entry=entries[0], reason="My sister’s")
    found = jury.conflicts_of(judges, entries)
    assert found == {(judges[0].pk, entries[0].pk): "author", (judges[1].pk, entries[0].pk): "declared"}


def test_assignment_is_even_and_without_conflicts(place, entries, judges):
    Conflict.objects.create(judge=judges[0], entry=entries[0], reason="")
    assert jury.distribute(place["call"], None) == 0
    loads = [judge.reviews.count() for judge in judges]
    assert sum(loads) == 24 and max(loads) - min(loads) <= 1
    assert (judges[0].pk, entries[0].pk) not in pairs()
    before = pairs()
    jury.distribute(place["call"], None)
    assert pairs() == before, "what is assigned stays"


def test_a_judge_of_other_categories_gets_nothing(place, entries, judges):
    from tests.awards.conftest import category_of

    judges[0].categories.add(category_of(place["call"], "Mobility"))
    jury.distribute(place["call"], None)
    assert not judges[0].reviews.exists()


def test_only_what_is_eligible_is_assigned(place, judges):
    for source in ("draft", "submitted", "query", "ineligible", "withdrawn"):
        entry_of(place["category"], place["all"]["attendee"], source)
    jury.distribute(place["call"], None)
    assert not Review.objects.exists()


def test_a_new_conflict_takes_the_review_away(place, entries, judges):
    jury.distribute(place["call"], None)
    Participant.objects.filter(pk=judges[0].participant_id).update(city="Lagos")
    jury.distribute(place["call"], None)
    assert not judges[0].reviews.exists() and Review.objects.count() == 24


def test_recusal_gives_the_entry_to_somebody_else(place, entries, judges):
    jury.distribute(place["call"], None)
    review = judges[0].reviews.first()
    client = signed_in(place, "judge0")
    assert client.post(reverse("awards:recuse", args=[review.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("awards:recuse", args=[review.pk]), {"reason": "I advised them"})
    assert review.entry.reviews.count() == 3 and (judges[0].pk, review.entry_id) not in pairs()


def test_two_judges_leave_and_others_get_their_entries(place, entries, judges):
    more = [judge_of(place["call"], stranger(number)) for number in (10, 11)]
    jury.distribute(place["call"], None)
    for judge in judges[:2]:
        jury.remove(judge, place["all"]["organiser"])
        assert not Role.objects.filter(participant=judge.participant).exists()
    loads = [judge.reviews.count() for judge in (*judges[2:], *more)]
    assert sum(loads) == 24 and max(loads) - min(loads) <= 2


def post(place, who, review, **data):
    return signed_in(place, who).post(reverse("awards:review", args=[review.pk]), data)


def test_marks_are_kept_while_one_judges_and_count_when_finished(place, entries, judges):
    review = Review.objects.create(judge=judges[0], entry=entries[0])
    assert post(place, "judge0", review, impact="8").status_code == 302
    assert post(place, "judge0", review, impact="8", done="1").status_code == 422
    assert rounds.scores(place["category"]) == []
    assert post(place, "judge0", review, impact="11").status_code == 422
    post(place, "judge0", review, **MARKS, note="Good", done="1")
    assert rounds.scores(place["category"]) == [(entries[0].pk, judges[0].pk, pytest.approx(68))]


def test_what_saved_itself_and_comes_late_does_not_open_a_finished_review_again(place, entries, judges):
    review = Review.objects.create(judge=judges[0], entry=entries[0])
    post(place, "judge0", review, **MARKS, done="1")
    post(place, "judge0", review, **MARKS)
    assert Review.objects.get().done_at
    post(place, "judge0", review, impact="2", idea="3")
    assert Review.objects.get().done_at is None, "other marks count when they are finished"


def test_who_has_a_conflict_by_now_does_not_judge(place, entries, judges):
    review = Review.objects.create(judge=judges[0], entry=entries[0])
    Participant.objects.filter(pk=judges[0].participant_id).update(organisation="City of Lagos")
    assert post(place, "judge0", review, **MARKS).status_code == 409


def test_others_marks_are_hidden_until_the_chair_opens_them(place, entries, judges):
    mine, other = (Review.objects.create(judge=judge, entry=entries[0]) for judge in judges[:2])
    post(place, "judge1", other, impact="9", idea="5", note="Xk7canary", done="1")
    address = reverse("awards:review", args=[mine.pk])
    assert "<td>9</td>" not in signed_in(place, "judge0").get(address).text
    assert signed_in(place, "judge0").get(reverse("awards:review", args=[other.pk])).status_code == 404
    judge_of(place["call"], place["all"]["moderator"], chair=True)
    signed_in(place, "moderator").post(reverse("awards:scores", args=[place["slug"]]), {"open": "1"})
    shown = signed_in(place, "judge0").get(address).text
    assert "<td>9</td>" in shown and "Xk7canary" not in shown


def test_the_jury_is_filled_by_organisers(place):
    client, address = signed_in(place, "organiser"), reverse("awards:jury", args=[place["slug"]])
    assert client.post(address, {"email": "nobody@example.org"}).status_code == 422
    client.post(address, {"email": place["all"]["outsider"].email, "languages": "EN, ca"})
    judge = Judge.objects.get()
    assert (judge.languages, judge.chair) == (["ca", "en"], False)
    assert signed_in(place, "outsider").get(reverse("awards:desk", args=[place["slug"]])).status_code == 200
    client.post(address, {"email": place["all"]["outsider"].email, "chair": "on"})
    assert signed_in(place, "outsider").get(reverse("awards:desk", args=[place["slug"]])).status_code == 404
    client.post(address, {"remove": judge.pk})
    assert signed_in(place, "outsider").get(reverse("awards:chair", args=[place["slug"]])).status_code == 404


def test_a_withdrawn_entry_is_not_judged(place, entries, judges):
    review = Review.objects.create(judge=judges[0], entry=entries[0])
    state.step(entries[0].pk, "withdraw")
    with pytest.raises(Refused):
        jury.save_marks(review.pk, MARKS, "", True, judges[0].participant)


def test_marks_of_two_tabs_conflict_and_there_is_a_way_out(place, entries, judges):
    review = Review.objects.create(judge=judges[0], entry=entries[0])
    client, address = signed_in(place, "judge0"), reverse("awards:review", args=[review.pk])
    drawn = re.search('name="drawn_from" value="([^"]*)"', client.get(address).text)[1]
    assert client.post(address, {"impact": 3, "drawn_from": drawn}).status_code == 302
    mine = {"impact": 7, "drawn_from": drawn}
    told = client.post(address, mine)
    assert told.status_code == 409 and 'name="overwrite"' in told.text
    assert client.post(address, mine | {"overwrite": "1"}).status_code == 302
    review.refresh_from_db()
    assert review.marks == {"impact": 7}
