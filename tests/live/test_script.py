"""live.js knows the pages by what docs/protocol.md names, and by nothing of any app."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = (ROOT / "static/live/live.js").read_text()
PROTOCOL = (ROOT / "docs/protocol.md").read_text()


def classes(script):
    """The selectors in a script that name a class."""
    selectors = re.findall(r"""(?:querySelector(?:All)?|closest\??\.?|matches)\(["']([^)]*)\)""", script)
    return [selector for selector in selectors if re.search(r"\.[a-z]", selector)]


def marks(script):
    """The attributes by which a script knows its elements."""
    by_dataset = {
        "data-" + re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
        for name in re.findall(r"(?:element|old|fresh)\.dataset\.(\w+)", script)
    }
    return by_dataset | set(re.findall(r"\[(data-[\w-]+)", script))


def test_it_looks_for_no_class():
    assert classes(SCRIPT) == []


def test_its_attributes_are_written_down():
    assert len(marks(SCRIPT)) > 5
    assert [mark for mark in sorted(marks(SCRIPT)) if f"`{mark}" not in PROTOCOL] == []


@pytest.mark.parametrize("line", ['page.querySelectorAll(".state, .player")', 'event.target.closest?.("p.refusal")'])
def test_a_class_would_be_found(line):
    assert classes(line)
