"""Writing what is found: of a few things with their change, of everything anew."""

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from django.db import transaction

from common.contract import Document
from common.registry import registry
from search import concepts
from search.languages import language_of, stems
from search.models import Found
from search.words import folded, pieces, tokens

BATCH = 200
MOST = 20_000  # characters of a text
PLAIN = ("kind", "thing")  # which row it is
FIELDS = [field.name for field in Found._meta.fields if field.name not in ("id", *PLAIN)]
OF_TITLE = 3  # times as much a meaning counts that the title speaks of, or the theme


def write(kind: str, ids: Collection[int]) -> int:
    """Write the rows of these things anew; of what is not to be found any more they go. Gives back how many stay."""
    stored = 0
    for some in _batches(sorted(set(ids) - {None})):
        rows = [row_of(kind, document) for document in registry.searched[kind].documents(some)]
        with transaction.atomic(savepoint=False):
            gone = set(some) - {row.thing for row in rows}
            Found.objects.filter(kind=kind, thing__in=gone).delete()
            Found.objects.bulk_create(rows, update_conflicts=True, unique_fields=PLAIN, update_fields=FIELDS)
        stored += len(rows)
    return stored


def rebuild(tell: Callable[[str, int, int], None] = lambda kind, done, of: None) -> None:
    """Write everything anew. `tell(kind, done, of)` hears how far it has come."""
    Found.objects.exclude(kind__in=registry.searched).delete()
    for kind, searched in registry.searched.items():
        ids = list(searched.model._base_manager.order_by("pk").values_list("pk", flat=True))
        Found.objects.filter(kind=kind).exclude(thing__in=searched.model._base_manager.values("pk")).delete()
        for done, some in enumerate(_batches(ids)):
            tell(kind, done * BATCH, len(ids))
            write(kind, some)
        tell(kind, len(ids), len(ids))


def _batches(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def row_of(kind: str, document: Document) -> Found:
    """The row of a thing with its tokens."""
    title, text = " ".join(document.title.split()), " ".join(document.text[:MOST].split())
    is_passage = registry.searched[kind].passages  # what it is of is found by its own row
    language = language_of(text if is_passage else f"{title} {text}", document.language)
    first, then = Words("" if is_passage else title, language), Words(text, language)
    meant = first.concepts | concepts.of_words(part for theme in document.themes for part in folded(theme))
    return Found(
        kind=kind,
        thing=document.pk,
        owner=document.owner,
        scope=document.scope,
        themes="".join(f"|{code}" for code in sorted(document.themes)) + "|" if document.themes else "",
        day=document.day,
        clock=document.clock,
        language=language,
        title=title[:300],
        title_key="" if is_passage else key_of(title),
        place=document.place[:400],
        url=document.url,
        text=text,
        title_tokens=first.tokens,
        key_tokens="" if is_passage else " ".join(tokens(f"{document.place} {document.keys}")),
        text_tokens=then.tokens,
        concepts=" ".join([*sorted(meant) * OF_TITLE, *sorted(then.concepts - meant)]),
    )


def key_of(text: str) -> str:
    """A text as its folded words, by which one sees whether somebody typed just that."""
    return " ".join(part for piece in pieces(text) for part in folded(piece.text))[:400]


class Words:
    """What a text is found by: `tokens` with the stems behind their words, and the `concepts` that it speaks of."""

    def __init__(self, text: str, language: str) -> None:
        listed: list[str] = []
        self.concepts: set[str] = set()
        for piece in pieces(text):
            said, meant = _words_of(piece.text, piece.is_run, language)
            listed += said
            self.concepts |= meant
        self.tokens = " ".join(listed)


@lru_cache(maxsize=20_000)
def _words_of(text: str, is_run: bool, language: str) -> tuple[tuple[str, ...], frozenset[str]]:
    if is_run:
        return tuple(tokens(text)), frozenset().union(*(concepts.of_run(part) for part in folded(text)))
    plain = folded(text)
    more = stems(text, [language]) - set(plain)
    return (*plain, *more), frozenset(concepts.of_words({*plain, *more}))
