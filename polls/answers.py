"""What people may answer: each type's rules, read from what was sent. Unknown ids are an error, never a lost vote."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from common.text import fold_case, shows
from people.refusal import Refused
from polls.models import MAX_TEXT, MAX_WORD, Option, Poll, Type
from sessions.blocklist import blocked

Sent = dict[str, list[str]]  # field name -> values, as a form has them


@dataclass
class Answer:
    """One participant's answer, checked: (option id, number, text) for each mark."""

    marks: list[tuple[int | None, int | None, str]] = field(default_factory=list)
    abstained: bool = False


@dataclass
class Paper:
    """A poll as its ballots are checked against: read once, used for many."""

    poll: Poll
    options: dict[str, Option]
    blocked_terms: str

    @classmethod
    def of(cls, poll: Poll) -> "Paper":
        """The poll with its options; its session's edition should be at hand."""
        options = {str(option.pk): option for option in poll.options.all()}
        return cls(poll, options, poll.session.edition.blocked_terms)

    def read(self, sent: Sent) -> Answer:
        """The answer in what was sent. Raises Refused with what is wrong."""
        if sent.get("abstain"):
            if not self.poll.abstaining:
                raise Refused(_("Abstaining is not possible here."))
            return Answer(abstained=True)
        return Answer(READERS[self.poll.type](self, sent))

    def chosen(self, sent: Sent, least: int, most: int) -> list[str]:
        """The ids of the options chosen, each once, all of this poll."""
        keys = sent.get("option", [])
        if len(keys) != len(set(keys)):
            raise Refused(_("Choose each option once."))
        if any(key not in self.options for key in keys):
            raise Refused(_("This option is not part of the poll any more. Look at it again."))
        if not keys and least:
            raise Refused(_("Choose first."))
        if not least <= len(keys) <= most:
            raise Refused(_("Choose %(least)d to %(most)d.") % {"least": least, "most": most})
        return keys

    def clean(self, text: str, limit: int) -> str:
        """One line of text. Raises Refused when it is empty, too long, or not wanted."""
        text = " ".join(text.split())
        if not shows(text) and "\x00" not in text:
            raise Refused(_("Write something first."))
        if len(text) > limit:
            raise Refused(_("At most %(limit)d characters.") % {"limit": limit})
        if "\x00" in text or blocked(text, self.blocked_terms):
            raise Refused(_("The organisers do not want to read one of these words here. Change it and send it again."))
        return text


def number(sent: Sent, name: str, low: int, high: int) -> int:
    """A whole number within limits. Raises Refused."""
    text = (sent.get(name) or [""])[0].strip()
    if not re.fullmatch(r"[+-]?[0-9]{1,10}", text):
        raise Refused(_("Enter a whole number."))
    if not low <= int(text) <= high:
        raise Refused(_("Enter a number from %(low)d to %(high)d.") % {"low": low, "high": high})
    return int(text)


Marks = list[tuple[int | None, int | None, str]]


def _single(paper: Paper, sent: Sent) -> Marks:
    return [(paper.options[key].pk, None, "") for key in paper.chosen(sent, 1, 1)]


def _multiple(paper: Paper, sent: Sent) -> Marks:
    chosen = paper.chosen(sent, paper.poll.min_choices, paper.poll.max_choices)
    return [(paper.options[key].pk, None, "") for key in chosen]


def _rating(paper: Paper, sent: Sent) -> Marks:
    high = paper.poll.highest
    if not paper.options:
        return [(None, number(sent, "rating", 1, high), "")]
    return [(option.pk, number(sent, f"rating-{key}", 1, high), "") for key, option in paper.options.items()]


def _ranking(paper: Paper, sent: Sent) -> Marks:
    count = len(paper.options)
    chosen = paper.chosen(sent, count, count)
    if chosen == list(paper.options) and not sent.get("confirmed"):
        raise Refused(_("This is the order in which it was asked. Change it, or say that it is yours."))
    return [(paper.options[key].pk, rank, "") for rank, key in enumerate(chosen, 1)]


def _words(paper: Paper, sent: Sent) -> Marks:
    written = [word for word in sent.get("word", []) if word.strip()]
    if len(written) > paper.poll.max_choices:
        raise Refused(_("At most %(most)d words.") % {"most": paper.poll.max_choices})
    if not written:
        raise Refused(_("Write something first."))
    words = {folded(clean): clean for clean in (paper.clean(word, MAX_WORD) for word in written)}
    return [(None, None, word) for word in words.values()]


def folded(word: str) -> str:
    """A word as it is compared: what folds to the same counts as the same."""
    return fold_case(word)[:MAX_WORD]


def _text(paper: Paper, sent: Sent) -> Marks:
    return [(None, None, paper.clean((sent.get("text") or [""])[0], MAX_TEXT))]


def _number(paper: Paper, sent: Sent) -> Marks:
    return [(None, number(sent, "number", paper.poll.lowest, paper.poll.highest), "")]


READERS: dict[str, Callable[[Paper, Sent], Marks]] = {
    Type.SINGLE: _single,
    Type.MULTIPLE: _multiple,
    Type.RATING: _rating,
    Type.RANKING: _ranking,
    Type.WORDS: _words,
    Type.TEXT: _text,
    Type.NUMBER: _number,
    Type.QUIZ: _single,
}


def sent_of(data: Any) -> Sent:
    """Fields as a form has them, from JSON. Raises Refused when it has another shape."""
    if not isinstance(data, dict) or len(data) > 2 * 20 + 10:
        raise Refused(_("Reload the page and send it again."), 422)
    for name, values in data.items():
        if not isinstance(values, list) or len(name) > 40 or len(values) > 20:
            raise Refused(_("Reload the page and send it again."), 422)
        if not all(isinstance(value, str) and len(value) <= 1000 for value in values):
            raise Refused(_("Reload the page and send it again."), 422)
    return data


def secret_of(sent: Sent) -> str:
    """The device's secret of an anonymous ballot: a UUID, or "" when there is none."""
    try:
        return str(UUID((sent.get("secret") or [""])[0]))
    except ValueError:
        return ""
