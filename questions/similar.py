"""Near-duplicates: how alike two questions are, in any script."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from common.text import fold
from questions.models import PUBLIC, Question, State
from sessions.models import Session

THRESHOLD = 0.42  # of the shared trigrams; below it people no longer see the likeness


@lru_cache(maxsize=20_000)
def trigrams(text: str) -> frozenset[str]:
    """The three-character pieces of the folded words, padded so that short words count too."""
    words = "".join(sign if _in_word(sign) else " " for sign in fold(text)).split()
    return frozenset(padded[at : at + 3] for word in words for padded in [f" {word} "] for at in range(len(word)))


def _in_word(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign).startswith("M")  # vowels of Indic scripts are marks


def likeness(text: str, other: str) -> float:
    """0 (nothing in common) to 1 (the same words): the Dice coefficient of the trigrams."""
    first, second = trigrams(text), trigrams(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def most_alike(text: str, others: Iterable[tuple[object, str]], count: int = 3) -> list[object]:
    """The keys of the texts most like `text`, best first."""
    scores = [(likeness(text, other), at, key) for at, (key, other) in enumerate(others)]
    return [key for score, _at, key in sorted(scores, key=lambda row: (-row[0], row[1]))[:count] if score >= THRESHOLD]


def alike(session: Session, text: str, states: Iterable[str], *, but: Question | None = None) -> list[Question]:
    """Up to three questions of the session in those states that are most like `text`, best first."""
    rows = Question.objects.filter(session=session, state__in=list(states))
    if but is not None:
        rows = rows.exclude(root=but.root_id)
    keys = most_alike(text, rows.values_list("pk", "text"))
    questions = Question.objects.select_related("asker").in_bulk(keys)
    return [questions[key] for key in keys if key in questions]


OFFERED = PUBLIC - {State.SKIPPED}  # to an asker, while typing
MERGEABLE = frozenset({State.PENDING, State.APPROVED, State.QUEUED})  # to a moderator
