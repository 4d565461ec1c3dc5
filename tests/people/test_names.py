"""Names as others read them."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from common.text import BLANKS, ZWJ, ZWNJ
from people.forms import visible_name
from people.names import name_or, plain


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A\u202eda", "Ada"),
        ("A\u200bd\ufeffa", "Ada"),
        (" Ada \n Lovelace\t", "Ada Lovelace"),
        ("علی\u200cرضا", "علی\u200cرضا"),  # a joiner within a word belongs to it
        ("\u200dAda\u200c", "Ada"),
        ("ප්\u200dරියන්ත", "ප්\u200dරියන්ත"),  # Sinhala: a virama and a ra written as one
        ("र्\u200dया", "र्\u200dया"),  # Devanagari eyelash ra
        ("র\u200d্যাব", "র\u200d্যাব"),  # Bengali: the joiner stands before the virama
        ("രാമന്\u200d", "രാമന്\u200d"),  # Malayalam, at the end
        ("क\u094d\u200cष", "क\u094d\u200cष"),
        ("عَلِی\u200cرضا", "عَلِی\u200cرضا"),
        ("葛\U000e0100城", "葛\U000e0100城"),  # a Japanese name's own shape of the letter
        ("ᠰᠠᠷ\u180eᠠ", "ᠰᠠᠷ\u180eᠠ"),
        ("A\u200cd\u200da\ufe0f\u034f\U000e0041", "Ada"),
        ("क\u200dम", "कम"),  # between letters it shows nothing
        ("ع\u200dلي", "علي"),
        ("Ada \u094d\u200dB", "Ada \u094dB"),  # no virama of a letter
        ("ප්\u200d\u200d\u200bරි", "ප්\u200dරි"),
        ("李明", "李明"),
        ("Việt", "Việt"),
        ("A" + "\u0301\u200b" * 40 + "da" + "\u20dd" * 9, "A\u0301\u0301\u0301da\u20dd\u20dd\u20dd"),
        ("O’Brien-Núñez", "O’Brien-Núñez"),
    ],
)
def test_names_are_plain(text, name):
    assert plain(text) == name and visible_name(text) == name


@pytest.mark.parametrize("text", ["", "\u200b", "\u3164", "\u115f\u1160", "\u2800", "…", "\u202e\u202d", "-"])
def test_nothing_to_read_is_no_name(text):
    with pytest.raises(ValidationError):
        visible_name(text)
    assert name_or(text, "\u200b", "ada") == "ada" and name_or(text) == "?"


@given(st.text(max_size=60))
def test_plain_is_one_line_that_shows_all_it_has(text):
    found = plain(text)
    assert plain(found) == found and not BLANKS & set(found)
    assert not [
        char for char in found if unicodedata.category(char) in ("Cf", "Cc") and char not in (ZWJ, ZWNJ, "\u180e")
    ]


def test_sign_in_services_tell_names_that_can_be_read():
    from types import SimpleNamespace

    from people.adapters import SocialAdapter
    from people.models import Participant

    told = {"name": "\u202e\u200b", "first_name": "A\u200bda", "last_name": "\u202eL", "email": "ada@example.org"}
    for data, name in ((told, "Ada L"), ({"email": "x@y.org"}, "x")):
        login = SimpleNamespace(user=Participant(), email_addresses=[])
        assert SocialAdapter().populate_user(None, login, data).name == name
