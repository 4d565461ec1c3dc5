"""Rounds, agreement, conflicts of country, the chair's matrix, and numbers for everybody."""

import io
from datetime import timedelta
from statistics import fmean

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from awards import jury, privacy, rounds, statistics
from awards.forms import CategoryForm, ReviewForm
from awards.models import Conflict, EntryFile, Review
from awards.scoring import agreement
from common import clock, uploads
from people.refusal import Refused
from tests.awards.conftest import CRITERIA, QUESTIONS, entry_of, judge_of, stranger
from tests.awards.test_entering import signed_in
from tests.awards.test_files import png, sent
from tests.world import cookie

pytestmark = pytest.mark.django_db
SCORES = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 100)), unique_by=lambda row: row[:2])


def alpha(scores):
    """Krippendorff's alpha as he writes it: observed over expected disagreement of pairs."""
    units = [[v for e, _j, v in scores if e == entry] for entry in {row[0] for row in scores}]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    pairs = [sum((a - b) ** 2 for a in unit for b in unit) / (len(unit) - 1) for unit in units]
    expected = sum((a - b) ** 2 for a in values for b in values) / max(1, len(values) - 1)
    return 1 - sum(pairs) / expected if expected else None


@given(SCORES)
def test_agreement_is_that_of_the_definition(scores):
    assert agreement(scores) == (pytest.approx(alpha(scores)) if alpha(scores) is not None else None)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1)), max_size=20))
def test_out_is_who_more_than_half_did_not_let_pass(marked):
    out = rounds.failed((entry, {"pass": mark}) for entry, mark in marked)
    for entry in {row[0] for row in marked}:
        assert (entry in out) == (fmean(mark for each, mark in marked if each == entry) < 0.5)


@given(st.lists(st.sampled_from(["Spain", "spain ", "Chile", "Peru", ""]), max_size=30))
def test_no_small_group_is_told(names):
    told = statistics.grouped(names)
    assert all(group["count"] >= statistics.FEWEST for group in told["groups"])
    assert told["others"] == 0 or told["others"] >= statistics.FEWEST


@pytest.fixture
def judges(place):
    made = [judge_of(place["call"], stranger(number, country="Chile")) for number in range(3)]
    for number, judge in enumerate(made):
        place["cookies"][f"judge{number}"] = cookie(judge.participant)
    return made


@pytest.fixture
def entries(place):
    owner = place["all"]["attendee"]
    return [entry_of(place["category"], owner, "eligible", title=f"Entry {n}", city=f"Town {n}") for n in range(3)]


def review(judge, entry, **marks):
    return Review.objects.create(judge=judge, entry=entry, marks=marks, done_at=clock.now() if marks else None)


def turn(place, kind):
    """The organisers begin a round."""
    category = place["category"]
    data = {"name": category.name, "kind": "city", "position": "0", "round": kind}
    form = CategoryForm(data | {"questions": QUESTIONS, "criteria": CRITERIA}, instance=category)
    assert form.is_valid(), form.errors
    form.save()
    category.refresh_from_db()


def test_pass_or_fail_then_criteria_then_order(place, judges, entries):
    turn(place, "qualifying")
    given = {(n, m): review(judges[n], entries[m]) for n in range(3) for m in range(3)}
    assert list(ReviewForm(given[0, 0]).fields) == ["pass", "note"]
    for (judge, entry), each in given.items():
        jury.save_marks(each.pk, {"pass": int(entry != 2 or judge == 0)}, "", True, judges[judge].participant)
    assert {round(value) for _e, _j, value in rounds.scores(place["category"])} == {0, 100}
    turn(place, "weighted")
    assert rounds.out(place["category"]) == {entries[2].pk}
    assert rounds.scores(place["category"]) == [], "nobody has judged by criteria yet"
    desk = signed_in(place, "judge0").get(reverse("awards:desk", args=[place["slug"]])).text
    assert "Entry 1" in desk
    assert "Entry 2" not in desk
    with pytest.raises(Refused):
        jury.save_marks(given[0, 2].pk, {"impact": 5, "idea": 3}, "", True, judges[0].participant)
    jury.save_marks(given[0, 0].pk, {"impact": 10, "idea": 5}, "", True, judges[0].participant)
    assert rounds.scores(place["category"]) == [(entries[0].pk, judges[0].pk, 100)]
    turn(place, "ranking")
    jury.save_marks(given[0, 0].pk, {"rank": 2}, "", True, judges[0].participant)
    with pytest.raises(Refused, match="this place already"):
        jury.save_marks(given[0, 1].pk, {"rank": 2}, "", True, judges[0].participant)
    jury.save_marks(given[0, 1].pk, {"rank": 1}, "", True, judges[0].participant)
    assert {(e, v) for e, _j, v in rounds.scores(place["category"])} == {(entries[0].pk, 0), (entries[1].pk, 100)}
    turn(place, "weighted")
    assert rounds.scores(place["category"]) == [(entries[0].pk, judges[0].pk, 100)], "marks of before are still there"


def test_a_switch_of_the_call_makes_the_country_a_conflict(place, judges, entries):
    entry = entry_of(place["category"], place["all"]["attendee"], "eligible", country="CHILE ", city="Arica")
    assert jury.conflicts_of(judges, [entry]) == {}
    entry.call.country_conflicts = True
    assert set(jury.conflicts_of(judges, [entry]).values()) == {"country"}


def test_the_matrix_says_who_cannot_judge_what(place, judges, entries):
    chair = stranger("chair")
    place["cookies"]["chair"] = cookie(chair)
    judge_of(place["call"], chair, chair=True)
    Conflict.objects.create(judge=judges[0], entry=entries[0], reason="My <b>sister</b> wrote it")
    review(judges[1], entries[0], impact=3, idea=2)
    address = reverse("awards:conflicts", args=[place["slug"]])
    page = signed_in(place, "chair").get(address).text
    assert "declared: My &lt;b&gt;sister" in page
    assert page.count("<td>✓</td>") == 1
    assert signed_in(place, "organiser").get(address).status_code == 404
    assert signed_in(place, "judge1").get(address).status_code == 404


def test_numbers_are_told_after_the_closing(place, entries):
    address = reverse("awards:numbers", args=[place["slug"]])
    anonymous = signed_in(place, "outsider")
    assert "Nigeria" not in anonymous.get(address).text
    for number in range(2):
        entry_of(place["category"], place["all"]["attendee"], title=f"More {number}")
    entry_of(place["category"], place["all"]["attendee"], country="Tuvalu", city="Funafuti")
    type(place["call"]).objects.update(closes_at=clock.now() - timedelta(hours=1))
    page = anonymous.get(address).text
    assert "Nigeria" in page
    assert "Tuvalu" not in page
    assert "Town 1" not in page


def test_the_workbook_holds_what_was_submitted(place, entries):
    entry_of(place["category"], place["all"]["attendee"], "draft", title="Secret draft")
    answer = signed_in(place, "organiser").get(reverse("awards:export", args=[place["slug"], "xlsx"]))
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert len(rows) == 4
    assert "Secret draft" not in str(rows)


def test_files_and_words_go_after_the_days_of_the_call(place, judges, entries):
    public = entry_of(place["category"], place["all"]["attendee"], "winner")
    fields = uploads.fields_of(sent(png())) | {"counts": True}
    for entry in (public, entries[0]):
        EntryFile.objects.create(entry=entry, caption="A tree", **fields)
    Review.objects.create(judge=judges[0], entry=entries[0], marks={"impact": 3}, note="Weak")
    closed = clock.now() - timedelta(days=100)
    type(place["call"]).objects.update(closes_at=closed, opens_at=closed - timedelta(days=1), keep_days=101)
    privacy.retain({})
    assert EntryFile.objects.count() == 2
    type(place["call"]).objects.update(keep_days=99)
    privacy.retain({})
    assert [file.entry for file in EntryFile.objects.all()] == [public]
    assert (Review.objects.get().note, Review.objects.get().marks) == ("", {"impact": 3})
