"""Words of texts: never an error, whatever is typed; folded once is folded; the same letter however it is written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.asking import question_of
from search.excerpts import Marker, excerpt, marked
from search.index import Words, key_of
from search.languages import NAMES, language_of, stems
from search.words import folded, pairs, pieces, tokens

TEXT = st.text(max_size=60) | st.text("aàç·l ·'İßﬁ½ŀ上海市ไทยアｱ각 ١２٣كأ_-\u0301\u00ad\u200d", max_size=40)
FEW = settings(max_examples=150, deadline=None)


@FEW
@given(TEXT)
def test_nothing_raises_and_tokens_are_words_alone(text):
    for token in tokens(text):
        assert token and " " not in token and "'" not in token and '"' not in token and "\\" not in token
        assert len(token) <= 32
    for language in NAMES:
        assert all(" " not in stem for stem in stems(text, [language]))
    Words(text, language_of(text))


@FEW
@given(TEXT)
def test_what_is_folded_stays_as_it_is(text):
    assert key_of(key_of(text)) == key_of(text)


@FEW
@given(TEXT, TEXT)
def test_an_excerpt_is_a_part_of_the_text_and_marking_loses_nothing(text, typed):
    if question := question_of(typed):
        marker = Marker(question)
        assert "".join(part.text for part in marked(text, marker, "en")) == text
        shown = "".join(part.text for part in excerpt(text * 20, marker, "en"))
        assert shown.removeprefix("… ").removesuffix(" …") in text * 20


@FEW
@given(TEXT)
def test_pieces_are_where_they_say(text):
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gestión", "gestion"),
        ("INTEL·LIGENT", "intelligent"),
        ("inteŀligent", "intel‧ligent"),
        ("Ｓｍａｒｔ", "smart"),
        ("straße", "STRASSE"),
        ("إعادة", "اعاده"),
        ("١٢", "12"),
        ("Øberg", "oberg"),
        ("ｱｲ", "アイ"),
        ("智慧城市與可持續交通", "智慧城市与可持续交通"),
        ("國家發展", "国家发展"),
        ("臺北", "台北"),
    ],
)
def test_the_same_however_it_is_written(one, other):
    assert list(tokens(one)) == list(tokens(other))


def test_one_letter_stays_one_letter():
    """Marks are set by places: what is folded is as long as what was written."""
    for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0x20000, 0x20100)):
        (plain,) = folded(chr(code))
        assert len(plain) == 1 and folded(plain) == (plain,), hex(code)
    marker = Marker(question_of("湿地公园"))
    assert [part.text for part in marked("河岸濕地公園很美", marker, "en") if part.marked] == ["濕地公園"]


def test_a_run_is_found_by_each_part_of_it():
    assert list(tokens("智慧城市")) == ["智慧", "慧城", "城市", "市"]
    assert pairs("城市") == ("城市",) and pairs("水") == ("水",)
    assert list(tokens("a l'hora d'en Pere")) == ["a", "l", "hora", "d", "en", "pere"]
    assert folded("½") == ("1", "2")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The streets of the city", "en"),
        ("Las calles de la ciudad que arden", "es"),
        ("Els carrers de la ciutat amb ombra", "ca"),
        ("Les rues de la ville dans le noir", "fr"),
        ("As ruas da cidade não são um rio", "pt"),
    ],
)
def test_the_language_of_a_text(text, language):
    assert language_of(text) == language and language_of(text, "pt-BR") == "pt"


@pytest.mark.parametrize("typed", ["", "   ", "'", '" OR "', "***", "!!", "\0", "—"])
def test_what_has_no_word_asks_nothing(typed):
    question = question_of(typed)
    assert question is None or question.words[0].typed == "or"
