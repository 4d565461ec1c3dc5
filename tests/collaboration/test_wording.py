"""The text that is signed: one for each content, and no content looks like another."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collaboration.wording import digest, milestones_in, tidy, wording

WHOLE = {
    "title": "Shade for every school",
    "parties": ["City of Lagos", "Àrea Metropolitana"],
    "measure": "Schools with trees",
    "baseline": "12 of 80",
    "target": "80 of 80",
    "due": "2028-06-30",
    "milestones": [{"due": "2027-06-30", "what": "40 of 80"}],
}
TEXT = """Commitment 7F3A21C0, version 2
Title:
  Shade for every school
Party:
  City of Lagos
Party:
  Àrea Metropolitana
Measure:
  Schools with trees
Baseline:
  12 of 80
Target:
  80 of 80
Due:
  2028-06-30
Milestone 2027-06-30:
  40 of 80
"""


def test_the_text_is_what_a_person_reads():
    assert wording("7F3A21C0", 2, WHOLE) == TEXT
    assert digest(TEXT) == hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.mark.parametrize(
    "same",
    [
        {"parties": ["Àrea Metropolitana", "City of Lagos"]},
        {"parties": ["City of Lagos", "A\u0300rea Metropolitana"]},
        {"title": "  Shade for every school\r\n"},
    ],
)
def test_order_of_parties_line_ends_and_forms_of_letters_change_nothing(same):
    assert wording("7F3A21C0", 2, WHOLE | same) == TEXT


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Shade for every schooI"},
        {"target": "79 of 80"},
        {"due": "2029-06-30"},
        {"milestones": []},
        {"parties": ["City of Lagos"]},
        {"measure": "Schools with trees\nBaseline:\n  12 of 80"},
    ],
)
def test_each_change_is_another_text(other):
    assert digest(wording("7F3A21C0", 2, WHOLE | other)) != digest(TEXT)


def test_another_version_or_commitment_is_another_text():
    assert len({wording(number, version, WHOLE) for number in ("A", "B") for version in (1, 2)}) == 4


words = st.text(st.sampled_from("aB:\n\r\u2028 \tTitleDuePartyMeasure"), max_size=20)


def plain(measure, baseline, parties):
    return WHOLE | {"measure": measure, "baseline": baseline, "parties": parties}


@given(words, words, words, words, st.lists(words, max_size=3), st.lists(words, max_size=3))
def test_no_two_contents_have_one_text(measure, baseline, measure2, baseline2, parties, parties2):
    """Whoever writes a part cannot make it look as if it were another one."""
    contents = plain(measure, baseline, parties), plain(measure2, baseline2, parties2)
    tidied = [(tidy(one["measure"]), tidy(one["baseline"]), sorted(map(tidy, one["parties"]))) for one in contents]
    texts = [wording("A", 1, one) for one in contents]
    assert (texts[0] == texts[1]) == (tidied[0] == tidied[1])


def test_milestones_are_lines_with_a_day():
    assert milestones_in("2028-01-31 All\n\n 2027-01-31  Half ") == [
        {"due": "2027-01-31", "what": "Half"},
        {"due": "2028-01-31", "what": "All"},
    ]
    for wrong in ("soon Half", "2027-02-30 Half", "2027-1-1 Half", "2027-01-31", "20270131 Half"):
        with pytest.raises(ValueError):
            milestones_in(wrong)
