"""Panels of the jury: a category that has one is judged by its members alone, and they judge nothing else."""

import random

import pytest
from django.urls import reverse

from awards import jury, panels
from awards.models import Panel, Review
from people.models import AuditEntry
from sessions.models import Session
from tests import world
from tests.awards.conftest import call_of, category_of, entry_of, judge_of, stranger
from tests.awards.test_entering import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def judges(place):
    return [judge_of(place["call"], stranger(number)) for number in range(7)]


@pytest.fixture
def mobility(place):
    return category_of(place["call"], "Mobility")


@pytest.fixture
def entries(place, mobility):
    owner = place["all"]["attendee"]
    for number in range(4):
        entry_of(place["category"], owner, "eligible", title=f"City {number}")
        entry_of(mobility, owner, "eligible", title=f"Tram {number}")


def panel_of(call, categories, judges, name="Mobility panel"):
    panel = Panel.objects.create(call=call, name=name)
    panel.categories.set(categories)
    panel.judges.set(judges)
    return panel


def who_judges(category):
    return set(Review.objects.filter(entry__category=category).values_list("judge", flat=True))


def test_the_assignment_stays_inside_the_panel(place, mobility, entries, judges):
    panel_of(place["call"], [mobility], judges[:3])
    assert jury.distribute(place["call"], None) == 0
    assert who_judges(mobility) == {judge.pk for judge in judges[:3]}
    assert who_judges(place["category"]) == {judge.pk for judge in judges[3:]}
    assert {judge.reviews.count() for judge in judges} <= {3, 4}


def test_recusal_stays_inside_too_and_what_cannot_be_is_said(place, mobility, entries, judges):
    panel_of(place["call"], [mobility], judges[:3])
    jury.distribute(place["call"], None)
    jury.recuse(judges[0].reviews.first(), "My sister’s", judges[0].participant)
    assert who_judges(mobility) == {judge.pk for judge in judges[:3]}
    assert jury.distribute(place["call"], None) == 1, "one review that nobody in the panel may do"


def test_a_panel_that_is_made_later_takes_what_is_not_begun(place, mobility, entries, judges):
    jury.distribute(place["call"], None)
    begun = Review.objects.filter(entry__category=mobility, judge=judges[6]).first()
    Review.objects.filter(pk=begun.pk).update(marks={"impact": 3})
    panel = panel_of(place["call"], [mobility], judges[:3])
    jury.distribute(place["call"], None)
    assert who_judges(mobility) == {judge.pk for judge in judges[:3]} | {judges[6].pk}
    panels.remove(panel, place["all"]["organiser"])
    assert AuditEntry.objects.filter(action="awards.panel_remove").exists()


def test_no_panels_let_anybody_judge_what_is_not_theirs():
    dice = random.Random(4)
    for _round in range(200):
        of = {judge: set(dice.sample(range(5), dice.randint(1, 3))) for judge in dice.sample(range(8), 4)}
        made = panels.Panels(set().union(*of.values()), of)
        for judge in range(8):
            for category in range(5):
                inside = category in of.get(judge, ())
                assert made.let(judge, category) == (inside or (judge not in of and category not in made.judged))


def test_organisers_make_change_and_remove_a_panel(place, mobility, judges):
    client = signed_in(place, "organiser")
    path = reverse("awards:new_panel", args=[place["slug"]])
    sent = {"name": "Mobility panel", "categories": [mobility.pk], "judges": [judge.pk for judge in judges[:2]]}
    assert client.post(path, sent | {"judges": []}).status_code == 422
    assert client.post(path, sent).status_code == 302
    panel = Panel.objects.get()
    assert "Mobility panel" in client.get(reverse("awards:jury", args=[place["slug"]])).text
    change = reverse("awards:panel", args=[place["slug"], panel.pk])
    client.post(change, sent | {"judges": [judges[5].pk]})
    assert [judge.pk for judge in panel.judges.all()] == [judges[5].pk]
    client.post(change, {"remove": "1"})
    assert not Panel.objects.exists()
    assert signed_in(place, "speaker").get(path).status_code in (403, 404)


def test_nobody_of_another_call_comes_into_a_panel(place, mobility, judges):
    other = call_of(Session.objects.select_related("edition").get(pk=world.build()["session"]).edition)
    foreign = judge_of(other, stranger(99))
    path = reverse("awards:new_panel", args=[place["slug"]])
    sent = {"name": "Ours", "categories": [mobility.pk], "judges": [foreign.pk]}
    assert signed_in(place, "organiser").post(path, sent).status_code == 422
