"""What to try where nothing was found: words that are like it in what one may see, and fewer words."""

from difflib import get_close_matches
from typing import NamedTuple

from search.asking import Form, Question, Word, question_of
from search.finding import Choice, Search, Seen
from search.words import folded, pieces

MOST = 3
BEGINNING = 2  # letters that a word shares with what somebody meant
LIKE = 0.72


class Suggestion(NamedTuple):
    """Other words to search for, and how many hits they have."""

    text: str
    hits: int


def suggestions(text: str, question: Question, seen: Seen) -> list[Suggestion]:
    """Other spellings first, then each of the words alone; only what leads to something that one may see."""
    tried = [*_spelt(text, question, seen), *_alone(question)]
    counted = (Suggestion(words, _count(words, seen)) for words in dict.fromkeys(tried) if words != text)
    return [each for each in counted if each.hits][:MOST]


def _count(text: str, seen: Seen) -> int:
    question = question_of(f"{text} ")
    return Search(question, seen).counts(Choice()).total if question else 0


def _alone(question: Question) -> list[str]:
    return [word.typed for word in question.words[:MOST]] if len(question.words) > 1 else []


def _spelt(text: str, question: Question, seen: Seen) -> list[str]:
    """The words as titles spell what is most like them."""
    words = text.split()
    for at, typed in enumerate(words[:MOST]):
        parts = folded(typed)
        if len(parts) != 1 or len(parts[0]) <= BEGINNING or _count(typed, seen):
            continue
        begun = Question((Word(typed, (Form([parts[0][:BEGINNING]], begins=True),)),), "")
        known = {
            part: piece.text
            for title in Search(begun, seen).titles()
            for piece in pieces(title)
            for part in folded(piece.text)
        }
        if like := get_close_matches(parts[0], known, 1, LIKE):
            words[at] = known[like[0]]
    return [" ".join(words)]
