"""The polls panel for a session's page, and what charts are drawn from."""

from json import dumps
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.languages import listed
from polls import cloud, state
from polls.data import AFTER

register = template.Library()
COLUMNS_WIDTH, COLUMNS_HEIGHT = 320, 120  # units of a column chart
SIGN_WIDTH = 6.5  # units of a digit of its labels, and a little air
SHORT = 3  # signs of a label that fits under a column of a large chart
SCREEN_WORDS, WEIGHTS = 18, 4
EXACT_BELOW = 1000  # from here on decimals say nothing
HOW = {
    "single": gettext_lazy("Choose one"),
    "quiz": gettext_lazy("Quiz: faster right answers earn more"),
    "rating": gettext_lazy("Rate it"),
    "ranking": gettext_lazy("Put in order, the best first"),
    "text": gettext_lazy("Answer in a sentence"),
    "number": gettext_lazy("Guess the number"),
}


@register.filter
def how(data: dict[str, Any]) -> str:
    """What one does to answer a poll."""
    if data["type"] == "multiple":
        if data["least"] == data["most"]:
            return _("Choose %(most)d") % {"most": data["most"]}
        return _("Choose %(least)d to %(most)d") % {"least": data["least"], "most": data["most"]}
    if data["type"] == "words":
        return ngettext("One word", "Up to %(most)d words", data["most"]) % {"most": data["most"]}
    return str(HOW[data["type"]])


@register.filter
def later(data: dict[str, Any]) -> str:
    """When results of a poll that shows none are shown."""
    return str(AFTER[data["results_when"]])


@register.filter
def placed(words: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Words with their places in a cloud."""
    return cloud.layout(words)


@register.filter
def figure(number: float) -> str:
    """A number as people read it: in groups of three, with decimals only where they say something."""
    rounded = round(number) if number == round(number) or abs(number) >= EXACT_BELOW else number
    return str(number_format(rounded, force_grouping=True))


@register.filter
def drawn(columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Columns with "x", "y", "width", "height", and the "tick" of those that have one, in units of the chart."""
    most = max((column["count"] for column in columns), default=0) or 1
    wide = COLUMNS_WIDTH / max(1, len(columns))
    ticks = _ticks(columns, wide)
    return [
        column
        | {
            "x": round(at * wide + wide * 0.1, 1),
            "width": round(wide * 0.8, 1),
            "tick": ticks.get(at),
            "height": (height := round(COLUMNS_HEIGHT * column["count"] / most, 1)),
            "y": round(COLUMNS_HEIGHT - height, 1),
        }
        for at, column in enumerate(columns)
    ]


def _ticks(columns: list[dict[str, Any]], wide: float) -> dict[int, dict[str, Any]]:
    """The labels below the columns: of each where they fit, else the numbers at both ends and in the middle."""
    names = [_name(column) for column in columns]
    if max(map(len, names), default=0) * SIGN_WIDTH <= wide:
        middles = [round((at + 0.5) * wide, 1) for at in range(len(names))]
        return {at: {"x": middles[at], "anchor": "middle", "label": name} for at, name in enumerate(names)}
    last, half = len(columns) - 1, len(columns) // 2
    single = columns[half].get("low") == columns[half].get("high")  # its number is its middle, else where it begins
    return {
        0: {"x": 0, "anchor": "start", "label": _end(columns[0], "low")},
        half: {"x": round((half + single / 2) * wide, 1), "anchor": "middle", "label": _end(columns[half], "low")},
        last: {"x": COLUMNS_WIDTH, "anchor": "end", "label": _end(columns[last], "high")},
    }


def _end(column: dict[str, Any], end: str) -> str:
    return figure(column[end]) if end in column else str(column["label"])


def _name(column: dict[str, Any]) -> str:
    low, high = _end(column, "low"), _end(column, "high")
    return low if low == high else f"{low}–{high}"


@register.filter
def axis(columns: list[dict[str, Any]]) -> list[str]:
    """The labels of a large chart's columns: all of them where they are short, else the two ends."""
    names = [_name(column) for column in columns]
    if all(len(name) <= SHORT for name in names):
        return names
    return [_end(columns[0], "low"), _end(columns[-1], "high")]


@register.filter
def weighted(words: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The most frequent words of a cloud with their "weight", 1 to WEIGHTS, in the order of the alphabet."""
    chosen = sorted(words, key=lambda word: -word["count"])[:SCREEN_WORDS]
    most = max((word["count"] for word in chosen), default=1)
    found = [word | {"weight": max(1, round(WEIGHTS * word["count"] / most))} for word in chosen]
    return sorted(found, key=lambda word: word["text"].casefold())


@register.filter
def described(items: list[dict[str, Any]]) -> str:
    """Words or columns of a chart in words, for those who do not see it."""
    parts = [f"{item.get('text') or _name(item)}: {item['count']}" for item in items if item["count"]]
    return listed(parts) or _("No answers yet")


@register.filter
def main_steps(data: dict[str, Any]) -> list[tuple[str, str]]:
    """The one or two steps that are likely now, with their names, the likeliest first."""
    reveal = [("hide" if data["revealed"] else "reveal")] if data["reveals"] else []
    again = [] if data["sealed"] else [*reveal, "again"]
    likely = {"draft": ["open"], "scheduled": ["open"], "open": ["close", *reveal], "closed": again}
    return _named(likely.get(data["state"], []))


@register.filter
def other_steps(data: dict[str, Any]) -> list[tuple[str, str]]:
    """The other steps that a poll may take now, with their names."""
    if data["sealed"]:
        return []
    return _named({"draft": ["schedule"], "closed": ["archive"]}.get(data["state"], []))


def _named(actions: list[str]) -> list[tuple[str, str]]:
    rows = state.STEPS | state.OTHER_STEPS
    return [(action, str(rows[action].label)) for action in actions]


@register.filter
def json(data: Any) -> str:
    """Plain data for an attribute."""
    return dumps(data)


@register.filter
def signed(number: int) -> str:
    """A shift with its sign."""
    return f"{number:+d}".replace("-", "−")


@register.filter
def times(number: int, factor: str) -> float:
    """A product, for geometry."""
    return round(float(number) * float(factor), 1)
