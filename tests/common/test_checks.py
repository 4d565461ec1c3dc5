"""What a declaration gets wrong is an error of `manage.py check` that says where."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from common import checks
from common.contract import Ask, Assets, CountRow, Feature, Limit, Matrix, Panel
from common.registry import MERGED, Registry, registry

NOTHING = None  # a value that is not looked at
ROW = {"wrong.do": ("wrong.do", {})}
WRITE = {
    "actions": {"wrong.do": ["attendee"]},
    "refusals": {"wrong.do": "No."},
    "limits": {"wrong.do": Limit(1, 1)},
    "writes": {"wrong.do": NOTHING},
    "matrix": Matrix(writes=ROW),
}


def without(name):
    return {what: value for what, value in WRITE.items() if what != name}


# what is declared -> what is wrong with it
WRONG = {
    "a role that nobody declares": (
        {"actions": {"wrong.do": ["attendee", "nobody"]}},
        "actions[“wrong.do”] names unknown roles: nobody",
    ),
    "an action of an address": (
        {"matrix": Matrix(views={"sessions:home": [Ask("wrong.do", "get")]})},
        "matrix names an unknown action: wrong.do",
    ),
    "an action of a room": (
        {"rooms": {"wrong": NOTHING}, "matrix": Matrix(rooms={"wrong": "wrong.do"})},
        "matrix names an unknown action: wrong.do",
    ),
    "an action of a write": (without("actions"), "matrix names an unknown action: wrong.do"),
    "a write without words for those who may not": (
        without("refusals"),
        "writes[“wrong.do”] needs refusals[“wrong.do”]",
    ),
    "a write without a limit": (without("limits"), "writes[“wrong.do”] needs limits[“wrong.do”]"),
    "a write without a row": (without("matrix"), "writes and matrix.writes differ in “wrong.do”"),
    "a row without a write": (without("writes"), "writes and matrix.writes differ in “wrong.do”"),
    "a room without a row": ({"rooms": {"wrong": NOTHING}}, "rooms and matrix.rooms differ in “wrong”"),
    "a row without a room": (
        {"matrix": Matrix(rooms={"wrong": "session.view"})},
        "rooms and matrix.rooms differ in “wrong”",
    ),
    "a count without a row": (
        {"volatile": {"questions.stage": NOTHING}},
        "volatile and matrix.volatile differ in “questions.stage”",
    ),
    "a row without a count": (
        {"matrix": Matrix(volatile={"wrong.count": CountRow("session", "wrong", "everyone")})},
        "volatile and matrix.volatile differ in “wrong.count”",
    ),
    "a panel's template": ({"panels": [Panel("wrong/_panel.html", NOTHING)]}, "there is no template wrong/_panel.html"),
    "a count's template": (
        {
            "volatile": {"wrong.count": NOTHING},
            "matrix": Matrix(volatile={"wrong.count": CountRow("session", "wrong", "everyone")}),
        },
        "there is no template wrong/events/count.html",
    ),
    "a style": (
        {"assets": {"sessions:session": Assets(["base.css", "wrong.css"])}},
        "assets[“sessions:session”] has a file that is not there: wrong.css",
    ),
    "a script": (
        {"assets": {"*": Assets(scripts=["wrong.js"])}},
        "assets[“*”] has a file that is not there: wrong.js",
    ),
    "a page": ({"assets": {"wrong:page": Assets(["base.css"])}}, "there is no address of the name wrong:page"),
    "an address": (
        {"matrix": Matrix(views={"wrong:page": [Ask("session.view", "get")]})},
        "there is no address of the name wrong:page",
    ),
    "an open address": ({"matrix": Matrix(open_views=["wrong:page"])}, "there is no address of the name wrong:page"),
}


def declared(**parts):
    """What is installed, and one feature more."""
    found = Registry()
    for feature in registry.features.values():
        found.add(feature)
    found.add(Feature("wrong", **parts))
    return found


def test_what_is_installed_is_right():
    assert list(checks.problems(registry)) == []
    assert list(checks.problems(declared(**WRITE))) == []


@pytest.mark.parametrize("what", WRONG)
def test_it_is_said_where(what):
    parts, words = WRONG[what]
    assert list(checks.problems(declared(**parts))) == [("wrong", words)]


@pytest.mark.parametrize("what", MERGED)
def test_no_key_is_declared_twice(what):
    """For each thing of which there is one of a kind: the first app's stays."""
    first = next(feature for feature in registry.features.values() if getattr(feature, what))
    key, value = next(iter(getattr(first, what).items()))
    rows = {what: {key: getattr(first.matrix, what)[key]}} if what in ("rooms", "writes", "volatile") else {}
    found = declared(**{what: {key: value}}, matrix=Matrix(**rows))
    assert list(checks.problems(found)) == [("wrong", f"{what} has “{key}”, which {first.name} declares already")]
    assert getattr(found, what)[key] == getattr(registry, what)[key]


def test_the_command_says_it(monkeypatch):
    monkeypatch.setattr(checks, "registry", declared(assets={"*": Assets(["wrong.css"])}))
    with pytest.raises(SystemCheckError, match="wrong/feature.py: assets.* has a file that is not there: wrong.css"):
        call_command("check")
