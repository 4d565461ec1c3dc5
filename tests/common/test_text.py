"""Text of any script: compared, told from what shows nothing, rid of what hides in it."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from common.text import fold, fold_case, shows, without_hidden

SIGNS = (
    "aeönAÑŁßﬁİıǰΐᾳΆйЁ"
    + "\u0301\u0308\u0345\u3099\u309a\u309b\u0336\u034f\u200d\u0327\u064bハばﾊﾞ각ᄀ\u1160कि\u094d\u093cשׁﷺ①℀ǅ½"
)
ANY = st.text(max_size=30) | st.text(SIGNS, max_size=12)


@given(ANY)
@example("ΐ\u0345\u0301")
@example("ﾊﾞ\u200d\u309b")
@example("\ud800")
def test_folding_is_settled_and_the_same_for_composed_and_decomposed(text):
    for folded in (fold, fold_case):
        assert folded(folded(text)) == folded(text)
        assert folded(unicodedata.normalize("NFC", text)) == folded(unicodedata.normalize("NFD", text)) == folded(text)
        assert folded(text + "\u200b\U000e0041\ufe0f") == folded(text)


@given(ANY)
def test_what_folds_alike_by_case_folds_alike_without_marks(text):
    assert fold(fold_case(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NÚRIA", "nuria"),
        ("Nu\u0301ria", "núria"),
        ("ＤＡＭＮ", "damn"),
        ("d\u0336a\u0489m\u20ddn", "damn"),
        ("Łódź", "lodz"),
        ("Guðmundur Þór Ærø", "gudmundur thor aero"),
        ("Ελένη ΟΔΌΣ", "ελενη οδος"),
        ("Алёна", "алена"),
        ("STRASSE", "straße"),
        ("İstanbul", "istanbul"),
        ("ﾊﾞｶ", "バカ"),
        ("ハ゛カ", "バカ"),
        ("ば\u0336か", "ばか"),  # a stroke is no mark of the script
        ("مُحَمَّـد", "محمد"),
        ("שָׁלוֹם", "שלום"),
        ("ප්\u200dරියන්ත", "ප්රියන්ත"),
    ],
)
def test_found_however_it_is_written(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("パリ", "バリ"),
        ("パリ", "ハリ"),
        ("ばか", "はか"),
        ("कि", "की"),
        ("กำ", "กา"),
        ("ഒ", "ഓ"),
        ("가", "각"),
        ("أ", "ا"),
    ],
)
def test_marks_of_other_scripts_make_other_words(one, other):
    assert fold(one) != fold(other) and fold_case(one) != fold_case(other)


def test_words_differ_by_their_marks():
    assert len({fold_case(word) for word in ("año", "AÑO", "an\u0303o", "ａño", "ano", "a\u200bno")}) == 2


EMPTY = [
    "",
    " ",
    "\u2800",
    "\u2800 \u2800",
    "\U000e0041\U000e007f",
    "\u3164",
    "\u115f\u1160",
    "\uffa0",
    "\ufe0f",
    "\u180b",
]
EMPTY += [
    "\u200b\u200d\ufeff",
    "\u202e\u2066",
    "\u00ad",
    "\u034f",
    "\u0301",
    "\u3000",
    "\U000e0100",
    "\t\x85\u2028",
    "\U0001d159",
]


@pytest.mark.parametrize("text", EMPTY)
def test_nothing_is_seen(text):
    assert not shows(text) and not shows(text * 3)


@pytest.mark.parametrize(
    "text", [".", "👍", "❤\ufe0f", "水", "अ", "e\u0301", "\u2800x", "¿", "€", "٣", "🏴\U000e0067\U000e007f"]
)
def test_something_is_seen(text):
    assert shows(text)


@given(ANY)
def test_what_hides_is_gone_at_once(text):
    assert without_hidden(without_hidden(text)) == without_hidden(text)
    assert shows(without_hidden(text)) == shows(text)
