"""Texts become translations: masked, sent to the first machine that can, guarded, and kept once per text."""

import logging
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from common.contract import Words
from common.languages import short
from common.prepared import Prepared
from translation import backends
from translation.detecting import language_of
from translation.guarding import plausible
from translation.masking import Masked, mask, unmask
from translation.models import Translation, TranslationSettings, digest

_STORED = Prepared(lambda digests: Translation.objects.filter(digest__in=digests).exclude(text="").order_by("pk"))
logger = logging.getLogger(__name__)


class Unavailable(Exception):
    """No machine answered: it is tried again later."""


class Order(NamedTuple):
    """A text to translate, and whether it may be sent out of this server."""

    text: str
    masked: Masked
    source: str
    may_leave: bool


def orders(words: Iterable[Words], settings: TranslationSettings) -> list[Order]:
    """What there is to translate of words; what waits for a moderator's decision never leaves the server."""
    found = {}
    for each in words:
        masked = mask(each.text, each.names, settings.glossary)
        if source := language_of(masked.bare, each.language):
            found[each.text] = Order(each.text, masked, source, settings.may_leave and each.public)
    return list(found.values())


def translations(texts: Collection[str]) -> Mapping[str, Mapping[str, str]] | None:
    """What is `stored`; None while no machine is switched on."""
    return stored(texts) if backends.configured() else None


def stored(texts: Collection[str]) -> dict[str, dict[str, str]]:
    """Text -> language -> its translation, of those that have any. One query."""
    by_digest = {digest(text): text for text in texts}
    found: dict[str, dict[str, str]] = {}
    for row in _STORED.ask(by_digest):
        found.setdefault(by_digest[row.digest], {})[row.target] = row.text
    return found


def translates(edition_id: int, source: str, target: str) -> bool:
    """Whether a machine may translate an edition's texts from one language into another."""
    if short(source) == short(target) or not backends.configured():
        return False
    settings = TranslationSettings.objects.filter(edition=edition_id).first() or TranslationSettings()
    return any(backends.usable(short(source), short(target), settings.may_leave))


def make(ordered: Collection[Order], target: str) -> None:
    """Translate what is not yet. Raises Unavailable when something is left for which no machine answered."""
    groups: dict[tuple[str, bool], list[Order]] = {}
    for order in _missing([order for order in ordered if short(order.source) != short(target)], target):
        groups.setdefault((order.source, order.may_leave), []).append(order)
    failed = False
    for (source, may_leave), group in groups.items():
        for at in range(0, len(group), backends.AT_ONCE):
            failed |= not _translate(group[at : at + backends.AT_ONCE], source, target, may_leave)
    if failed:
        raise Unavailable


def _missing(ordered: list[Order], target: str) -> list[Order]:
    digests = {digest(order.text) for order in ordered}
    made = set(Translation.objects.filter(digest__in=digests, target=target).values_list("digest", "source"))
    return [order for order in ordered if (digest(order.text), order.source) not in made]


def _translate(group: list[Order], source: str, target: str, may_leave: bool) -> bool:
    """Whether a machine answered, or none knows the languages."""
    answered = True
    to = short(target)  # pages are in zh-hans, machines know zh
    for backend in backends.usable(source, to, may_leave):
        if backends.rests(backend):
            answered = False
            continue
        try:
            made = _by_lines(backend, [order.masked.text for order in group], source, to)
        except backends.Failed as error:
            logger.warning("%s translates nothing from %s to %s: %s", backend.label, source, target, error)
            backends.rest(backend)
            answered = False
            continue
        rows = [
            Translation(digest=digest(order.text), source=source, target=target, backend=backend.name)
            for order in group
        ]
        for row, order, text in zip(rows, group, made, strict=True):
            row.text = _shown(order, text)
        Translation.objects.bulk_create(rows, ignore_conflicts=True)
        return True
    return answered


def _by_lines(backend: backends.Backend, texts: list[str], source: str, target: str) -> list[str]:
    """The texts in the other language; a machine gets one line at a time, and lines stay lines."""
    split = [[" ".join(line.split()) for line in text.splitlines()] for text in texts]
    lines = list(dict.fromkeys(line for each in split for line in each if line))
    answers = backend.translate(lines, source, target) if lines else []
    made = {line: " ".join(answer.split()) for line, answer in zip(lines, answers, strict=True)}
    return ["\n".join(made.get(line, "") for line in each) for each in split]


def _shown(order: Order, made: str) -> str:
    """What is shown of what a machine made; empty: the original alone."""
    text = unmask(made, order.masked.kept)
    return text if text is not None and plausible(order.text, text) else ""
