"""What no machine may change comes back as it was; what a machine made is shown only when it can be right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.detecting import language_of
from translation.guarding import plausible
from translation.masking import mask, unmask


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ask @Amara Nwosu about it", ["@Amara Nwosu"]),
        ("See https://example.org/a?b=c#d please", ["https://example.org/a?b=c#d"]),
        ("Write to mayor@city.example.org today", ["mayor@city.example.org"]),
        ("We saved 35 % and 12.5 MW over 40 km", ["35 %", "12.5 MW", "40 km"]),
        ("It costs €3,000", ["€3,000"]),
        ("Well done 👏🏽 everybody", ["👏🏽"]),
        ("The Superilla and Smart City Expo grow", ["Superilla", "Smart City Expo"]),
        ("A token ⟦1⟧ of mine", ["⟦", "⟧"]),
        ("Nothing to keep in 40 cities", []),
        ("Superillas is another word", []),
    ],
)
def test_what_is_kept(text, kept):
    masked = mask(text, ["@Amara Nwosu"], ["Superilla", "Smart City Expo", "City"])
    assert masked.kept == kept
    assert not any(each in masked.text for each in kept if each not in "⟦⟧")
    assert unmask(masked.text, masked.kept) == text


@given(st.text(st.sampled_from("ab @.:/⟦⟧12%€👏\n#") | st.characters(codec="utf-8"), max_size=80), st.lists(st.text()))
def test_masks_come_off_again(text, terms):
    masked = mask(text, terms[:1], terms[1:])
    assert unmask(masked.text, masked.kept) == text


@pytest.mark.parametrize("made", ["⟦1⟧ pide", "⟦1⟧ y ⟦2⟧ y ⟦2⟧", "⟦1⟧ ⟦2⟧ ⟦3⟧", "⟦1 ⟧ ⟦2⟧", "", "⟦1⟧ ⟦2⟧ ⟦"])
def test_a_lost_or_broken_token_drops_the_translation(made):
    assert unmask(made, ["@Amara", "3 km"]) is None


def test_tokens_may_change_their_order():
    assert unmask("a ⟦2⟧ le pide ⟦1⟧", ["@Amara", "3 km"]) == "a 3 km le pide @Amara"


@pytest.mark.parametrize(
    ("original", "made", "shown"),
    [
        ("The city has new buses", "La ciudad tiene autobuses nuevos", True),
        ("Yes", "Sí", True),
        ("Hi", "Buenos días a todo el mundo", False),
        ("The city has new buses", "", False),
        ("The city has new buses", " the city has NEW buses ", False),
        ("The city has new buses and they are all electric since this year", "La", False),
        ("Applause", "(掌声)(掌声)(掌声)(掌声)(掌声)", False),
        ("Why are the trams so late in the morning today?", "¿Por qué? ¿Por qué? ¿Por qué? ¿Por qué? ¿Por qué?", False),
        ("no no no no no no no no", "no, no, no, no, no, no, no, no", True),
        (
            "A long text about trams, buses, trains, bikes, roads and what the mayor of a city can do for all of them",
            "en la ciudad con tranvías en la ciudad con trenes en la ciudad con bicis en la ciudad con calles",
            False,
        ),
    ],
)
def test_what_is_shown(original, made, shown):
    assert plausible(original, made) is shown


@pytest.mark.parametrize(
    ("text", "said", "language"),
    [
        ("How does the city pay for it?", "", "en"),
        ("¿Cómo lo paga la ciudad?", "", "es"),
        ("Com ho paga la ciutat amb els nous carrils?", "", "ca"),
        ("Bonjour, merci pour cela", "", "fr"),
        ("城市怎么付钱？", "en", "zh"),
        ("How does the city pay for it?", "es", "en"),
        ("Curitiba", "es", "es"),
        ("Curitiba", "", ""),
        ("Curitiba", "de", "de"),
        ("👏 42", "en", ""),
    ],
)
def test_the_language_of_short_texts(text, said, language):
    assert language_of(text, said) == language
