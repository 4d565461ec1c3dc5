"""JSON walked piece by piece says what json.loads says, or that it is wrong."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import jsonfiles
from common.jsonfiles import JsonFile

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=15,
)


def walked(text):
    """The document, walked as far as its lists and objects go."""
    file = JsonFile(io.StringIO(text))
    found = whole(file)
    file.end()
    return found


def whole(file):
    if file.peek() == "[":
        return [whole(file) for _number in file.items()]
    return {key: whole(file) for key in file.names()} if file.peek() == "{" else file.value()


@given(value=VALUES, indent=st.sampled_from([None, 1]), chunk=st.integers(1, 40))
def test_it_says_the_same_wherever_it_is_cut(value, indent, chunk):
    text, before = json.dumps(value, indent=indent, ensure_ascii=False), jsonfiles.CHUNK
    jsonfiles.CHUNK = chunk
    try:
        assert walked(text) == value
        file = JsonFile(io.StringIO(f"[{text}, {text}]"))
        assert [file.value() for _number in file.items()] == [value, value]
    finally:
        jsonfiles.CHUNK = before


@pytest.mark.parametrize(
    "text", ["", "[", "[1", "[1,", "[1,]", "[1 2]", "{", '{"a"', '{"a":', '{"a":1', '{"a":1,}', "{1:2}", "[] []", "nul"]
)
def test_what_is_cut_off_or_wrong_is_an_error(text):
    with pytest.raises(ValueError):
        walked(text)


def test_what_is_too_large_is_an_error(monkeypatch):
    monkeypatch.setattr(jsonfiles, "MAX_VALUE", 100)
    monkeypatch.setattr(jsonfiles, "MAX_MEMBERS", 10)
    monkeypatch.setattr(jsonfiles, "CHUNK", 10)
    assert walked(json.dumps(list(range(10)))) == list(range(10))
    for wrong in (list(range(11)), "x" * 500):
        with pytest.raises(ValueError):
            walked(json.dumps(wrong))


def test_what_is_skipped_is_passed():
    file = JsonFile(io.StringIO('{"a": [1, {"b": 2}], "c": {"d": []}, "e": 3, "f": "x"}'))
    found = {}
    for key in file.names():
        if key == "f":
            found[key] = file.value()
        else:
            file.skip()
    file.end()
    assert found == {"f": "x"}
