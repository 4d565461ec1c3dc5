"""Numbers from outside are numbers, or nothing."""

import pytest

from common.numbers import LARGEST_ID, id_in, number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("12", 12),
        ("007", 7),
        (str(LARGEST_ID), LARGEST_ID),
        (str(LARGEST_ID + 1), None),
        ("9" * 5000, None),
        ("", None),
        ("-1", None),
        ("1.5", None),
        (" 1", None),
        ("1\0", None),
        ("²", None),
        ("١٢", None),
        ("１２", None),
    ],
)
def test_number_in(text, number):
    assert number_in(text) == number


def test_what_is_over_the_most_is_no_number():
    assert number_in("6", most=6) == 6
    assert number_in("7", most=6) is None


@pytest.mark.parametrize(
    "data", [{"id": "7"}, {"id": True}, {"id": 0}, {"id": -1}, {"id": 2**63}, {"id": 1.0}, [], "", None]
)
def test_ids_that_are_none(data):
    assert id_in(data, "id") == 0


def test_an_id_is_itself():
    assert id_in({"id": 7}, "id") == 7
