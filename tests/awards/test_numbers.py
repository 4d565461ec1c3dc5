"""Assignment and scores: pure functions, against bounds and a plain reference."""

import random
import time
from statistics import mean, pstdev

import pytest

from awards.assigning import assign
from awards.content import criteria_of
from awards.scoring import leaderboard, normalised, total

ENTRIES, JUDGES, REVIEWS = 462, 40, 3


def congress(seed):
    dice = random.Random(seed)
    forbidden = {(entry, judge) for entry in range(ENTRIES) for judge in range(JUDGES) if dice.random() < 0.05}
    suited = {
        entry: {judge: dice.choice([0.0, 1.0]) for judge in range(JUDGES) if (entry, judge) not in forbidden}
        for entry in range(ENTRIES)
    }
    return suited, forbidden


@pytest.mark.parametrize("seed", range(3))
def test_it_is_fast_and_even_and_uses_no_conflict(seed):
    suited, forbidden = congress(seed)
    began = time.process_time()
    plan = assign(dict.fromkeys(suited, REVIEWS), suited, dict.fromkeys(range(JUDGES), 0))
    assert time.process_time() - began < 2
    assert all(len(judges) == REVIEWS for judges in plan.given.values()) and not plan.short
    assert not forbidden & {(entry, judge) for entry, judges in plan.given.items() for judge in judges}
    assert max(plan.loads.values()) - min(plan.loads.values()) <= 2
    assert sum(plan.loads.values()) == ENTRIES * REVIEWS


def test_after_two_judges_left_it_is_still_even():
    suited, _forbidden = congress(7)
    plan = assign(dict.fromkeys(suited, REVIEWS), suited, dict.fromkeys(range(JUDGES), 0))
    stay = range(2, JUDGES)
    kept = {entry: judges - {0, 1} for entry, judges in plan.given.items()}
    loads = {judge: sum(judge in judges for judges in kept.values()) for judge in stay}
    left = {
        entry: {judge: 0.0 for judge in suited[entry] if judge in stay and judge not in kept[entry]} for entry in kept
    }
    after = assign({entry: REVIEWS - len(judges) for entry, judges in kept.items()}, left, loads)
    assert all(len(kept[entry] | after.given[entry]) == REVIEWS for entry in kept)
    assert max(after.loads.values()) - min(after.loads.values()) <= 2


def test_work_moves_over_others_to_who_has_least():
    """By preference alone judge 1 gets two, 2 one and 3 none; 3 can only take what 2 has."""
    suited = {"a": {1: 1.0, 2: 0.0}, "b": {1: 1.0, 2: 0.0}, "c": {2: 1.0, 3: 0.0}}
    plan = assign(dict.fromkeys(suited, 1), suited, {1: 0, 2: 0, 3: 0})
    assert plan.loads == {1: 1, 2: 1, 3: 1} and plan.given["c"] == {3}


def test_what_cannot_be_is_said():
    plan = assign({"a": 3}, {"a": {1: 0.0, 2: 0.0}}, {1: 0, 2: 5})
    assert (plan.given, plan.short) == ({"a": {1, 2}}, {"a": 1})


def test_marks_are_weighed_on_their_scales():
    criteria = criteria_of("impact | Impact | 60 | 0-10\nidea | Idea | 40 | 1-5")
    assert total(criteria, {"impact": 10, "idea": 5}) == 100
    assert total(criteria, {"impact": 0, "idea": 1}) == 0
    assert total(criteria, {"impact": 5, "idea": 1}) == pytest.approx(30)


def reference(scores):
    """Means and normalised means, in ten lines."""
    by_judge = {judge: [value for _e, other, value in scores if other == judge] for _e, judge, _v in scores}
    everybody = [value for _entry, _judge, value in scores]
    found = {}
    for entry in {entry for entry, _judge, _value in scores}:
        own = [(judge, value) for other, judge, value in scores if other == entry]
        bases = [
            by_judge[judge] if len(by_judge[judge]) >= 8 and pstdev(by_judge[judge]) else everybody for judge, _ in own
        ]
        zs = [(value - mean(base)) / pstdev(base) for (_judge, value), base in zip(own, bases, strict=True)]
        found[entry] = (mean(value for _judge, value in own), mean(zs))
    return found


def test_the_leaderboard_is_that_of_the_reference():
    dice = random.Random(3)
    scores = [(entry, judge, dice.uniform(0, 100)) for entry in range(60) for judge in dice.sample(range(12), 3)]
    scores += [(entry, "same", 50.0) for entry in range(9)] + [(entry, "few", 10.0 * entry) for entry in range(4)]
    rows, known = leaderboard(scores), reference(scores)
    assert len(rows) == 60
    for row in rows:
        assert (row.mean, row.z) == pytest.approx(known[row.entry])
        assert row.rank == 1 + sum(other > known[row.entry][0] + 1e-9 for other, _z in known.values())
        assert row.best <= row.rank <= row.worst


def test_a_strict_judge_weighs_no_less():
    """The same order by a mild and a strict judge: normalised, the two say the same."""
    scores = [(entry, "mild", 60.0 + entry) for entry in range(10)]
    scores += [(entry, "strict", 10.0 + entry) for entry in range(10, 20)]
    zs = {entry: z for entry, _judge, z in normalised(scores)}
    assert zs[9] == pytest.approx(zs[19]) and zs[0] == pytest.approx(zs[10])


def test_equal_means_share_a_rank_and_one_score_is_no_interval():
    rows = leaderboard([("a", 1, 50.0), ("b", 1, 50.0), ("c", 1, 40.0)])
    assert [(row.entry, row.rank, row.best, row.worst) for row in rows] == [
        ("a", 1, 1, 1),
        ("b", 1, 1, 1),
        ("c", 3, 3, 3),
    ]


def test_the_interval_tells_what_one_judge_does():
    scores = [("a", 1, 90.0), ("a", 2, 20.0), ("b", 1, 60.0), ("b", 2, 62.0)]
    rows = {row.entry: row for row in leaderboard(scores)}
    assert (rows["a"].rank, rows["a"].best, rows["a"].worst, rows["a"].spread) == (2, 1, 2, 70)


def test_hundreds_of_entries_each_have_a_rank():
    dice = random.Random(5)
    scores = [(entry, judge, dice.uniform(0, 100)) for entry in range(ENTRIES) for judge in dice.sample(range(40), 3)]
    assert len(leaderboard(scores)) == ENTRIES
