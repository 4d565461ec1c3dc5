"""What is made once for many: how long it is kept, and that those who ask together do not make it twice."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from common.kept import Kept


def test_a_thing_is_made_once_for_a_key():
    kept, made = Kept(most=3, seconds=60), []
    for key in ("a", "b", "a"):
        assert kept.get(key, lambda key=key: made.append(key) or key) == key
    assert made == ["a", "b"]


def test_only_so_many_are_kept_and_only_so_long(monkeypatch):
    kept, made = Kept(most=2, seconds=60), []
    for key in "abca":
        kept.get(key, lambda key=key: made.append(key) or key)
    assert made == ["a", "b", "c", "a"], "the oldest went"
    later = time.monotonic() + 61
    monkeypatch.setattr("common.kept.time.monotonic", lambda: later)
    kept.get("a", lambda: made.append("again") or "a")
    assert made[-1] == "again"


def test_who_ask_together_make_it_once():
    kept, made = Kept(most=2, seconds=60), []

    def make():
        time.sleep(0.05)
        made.append(1)
        return "thing"

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda _number: kept.get("a", make), range(8))) == {"thing"}
    assert made == [1]


def test_what_fails_is_tried_again():
    kept = Kept(most=2, seconds=60)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 5) == 5
