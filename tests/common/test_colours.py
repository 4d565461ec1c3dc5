"""A colour that an organiser chooses can be read on light and on dark pages, whatever it is."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from common.colours import DARK, LIGHT, ON_DARK, ON_LIGHT, READABLE, contrast, least_contrast, palette, valid_colour

BASE = (Path(__file__).parents[2] / "static" / "base.css").read_text()


def test_the_grounds_are_those_of_the_pages():
    stand = [re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", BASE).groups() for name in ("paper", "card", "sunk")]
    assert tuple(zip(*stand, strict=True)) == (LIGHT, DARK)


@pytest.mark.parametrize(
    ("first", "second", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#0b5c5e", "#0b5c5e", 1)]
)
def test_contrast(first, second, ratio):
    assert contrast(first, second) == contrast(second, first) == pytest.approx(ratio, abs=0.01)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 0xFFFFFF))
def test_every_colour_can_be_read(number):
    chosen = palette(f"#{number:06x}")
    assert least_contrast(chosen.light, LIGHT) >= READABLE and least_contrast(chosen.dark, DARK) >= READABLE
    assert contrast(chosen.light, ON_LIGHT) >= READABLE and contrast(chosen.dark, ON_DARK) >= READABLE


def test_what_can_be_read_stays_as_it_is():
    assert palette("#0b5c5e").light == "#0b5c5e" and palette("#6fd0c8").dark == "#6fd0c8"


@pytest.mark.parametrize("code", ["", "red", "#fff", "#GGGGGG", "#0b5c5e;}", "#0b5c5e\n", "rgb(1,2,3)"])
def test_nothing_else_is_a_colour(code):
    assert palette(code) is None
    with pytest.raises(ValidationError):
        valid_colour(code)
