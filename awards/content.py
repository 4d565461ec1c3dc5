"""What a category asks and judges by, as text that organisers write, and what an entry still lacks."""

import re
from typing import Any, NamedTuple, TypedDict

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KINDS = {
    "line": gettext_lazy("One line"),
    "text": gettext_lazy("Text"),
    "number": gettext_lazy("Number"),
    "link": gettext_lazy("Link"),
    "consent": gettext_lazy("Consent"),
}
KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")
PASS, RANK = "pass", "rank"  # keys of the marks of qualifying and ranking rounds (rounds.py)
RESERVED = ("ended",)  # a stage that every challenge has (incubating.py)
LONGEST, MOST = 10_000, 30  # characters of an answer, questions of a form
HEAD = {
    "title": gettext_lazy("Title"),
    "organisation": gettext_lazy("Organisation"),
    "city": gettext_lazy("City"),
    "country": gettext_lazy("Country"),
}


class Question(TypedDict):
    """A question of the form: `limit` in characters."""

    key: str
    label: str
    kind: str
    limit: int
    required: bool


class Criterion(TypedDict):
    """What an entry is judged by: a whole number from `low` to `high`."""

    key: str
    label: str
    weight: int
    low: int
    high: int


class Stage(TypedDict):
    """A stage that a challenge's team goes through."""

    key: str
    label: str


class Lack(NamedTuple):
    """What keeps a draft from being submitted."""

    key: str
    label: str
    words: str


def questions_of(text: str) -> list[Question]:
    """Questions from lines "key | label | kind | limit | required". Raises ValidationError with the line."""
    rows = []
    for number, parts in _lines(text):
        key, label, kind, limit, required = (parts + [""] * 5)[:5]
        if not KEY.fullmatch(key) or key in HEAD or not label or kind not in KINDS or not _number(limit, LONGEST):
            raise ValidationError(_("Line %(n)d: write key | label | kind | limit | required.") % {"n": number})
        rows.append(Question(key=key, label=label, kind=kind, limit=int(limit), required=required == "required"))
    return _different(rows)


def criteria_of(text: str) -> list[Criterion]:
    """Criteria from lines "key | label | weight | low-high". Raises ValidationError with the line."""
    rows = []
    for number, parts in _lines(text):
        key, label, weight, scale = (parts + [""] * 4)[:4]
        ends = re.fullmatch(r"(\d{1,3})-(\d{1,3})", scale)
        named = KEY.fullmatch(key) and key not in (PASS, RANK) and label
        if not named or not _number(weight, 100) or not ends or int(ends[1]) >= int(ends[2]):
            raise ValidationError(_("Line %(n)d: write key | label | weight | low-high.") % {"n": number})
        rows.append(Criterion(key=key, label=label, weight=int(weight), low=int(ends[1]), high=int(ends[2])))
    return _different(rows)


def stages_of(text: str) -> list[Stage]:
    """Stages from lines "key | label", the first to the last. Raises ValidationError with the line."""
    rows = []
    for number, parts in _lines(text):
        key, label = (parts + [""])[:2]
        if not KEY.fullmatch(key) or key in RESERVED or not label:
            raise ValidationError(_("Line %(n)d: write key | label.") % {"n": number})
        rows.append(Stage(key=key, label=label))
    return _different(rows)


def as_lines(rows: list[Any]) -> str:
    """Questions, criteria or stages as the text that they are read from."""
    return "\n".join(" | ".join(_cells(row)) for row in rows)


def _cells(row: Any) -> list[str]:
    if "kind" in row:
        return [row["key"], row["label"], row["kind"], str(row["limit"]), "required" if row["required"] else ""]
    if "weight" not in row:
        return [row["key"], row["label"]]
    return [row["key"], row["label"], str(row["weight"]), f"{row['low']}-{row['high']}"]


def _lines(text: str) -> list[tuple[int, list[str]]]:
    lines = enumerate(text.splitlines(), 1)
    return [(number, [part.strip() for part in line.split("|")]) for number, line in lines if line.strip()]


def _number(text: str, most: int) -> bool:
    return text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= most


def _different(rows: list[Any]) -> list[Any]:
    if len({row["key"] for row in rows}) < len(rows):
        raise ValidationError(_("Two lines have the same key."))
    if len(rows) > MOST:
        raise ValidationError(_("At most %(most)d lines.") % {"most": MOST})
    return rows


def lacks(questions: list[Question], draft: dict[str, Any]) -> list[Lack]:
    """What a draft lacks, in the order of the form; nothing: it may be submitted."""
    head = [Lack(key, str(label), _("is missing")) for key, label in HEAD.items() if not draft.get(key)]
    asked = [(question, wrong(question, draft.get(question["key"], ""))) for question in questions]
    return head + [Lack(question["key"], question["label"], words) for question, words in asked if words]


def wrong(question: Question, answer: Any) -> str:
    """What is wrong with an answer, in words; empty: nothing is."""
    if not answer:
        return _("is missing") if question["required"] else ""
    if question["kind"] == "consent":
        return ""
    if len(answer) > question["limit"]:
        return _("is %(n)d characters too long") % {"n": len(answer) - question["limit"]}
    if question["kind"] == "number" and not re.fullmatch(r"-?[0-9]+([.,][0-9]+)?", answer):
        return _("is no number")
    if question["kind"] == "link":
        try:
            URLValidator(["http", "https"])(answer)
        except ValidationError:
            return _("is no address that begins with https://")
    return ""


def completeness(questions: list[Question], draft: dict[str, Any]) -> int:
    """How much of what must be written is there and right, in whole percent."""
    needed = len(HEAD) + sum(question["required"] for question in questions)
    return max(0, round(100 * (needed - len(lacks(questions, draft))) / needed))
