"""Words that an edition's organisers do not want to read, however they are written."""

import re
from datetime import timedelta
from functools import lru_cache

from django.db import transaction

from common import clock
from common.text import fold, marks
from people import audit
from people.models import Participant
from sessions.models import Edition

WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@lru_cache(maxsize=64)
def _pattern(terms: str) -> re.Pattern[str] | None:
    """One pattern for a list of terms: whole words, or anywhere in scripts that write without spaces.

    A mark belongs to its letter, so no term ends before one.
    """
    folded = {" ".join(fold(line).split()) for line in terms.splitlines()} - {""}
    if not folded:
        return None
    spaced: list[str] = []
    anywhere: list[str] = []
    for term in sorted(folded):
        escaped = re.escape(term).replace(r"\ ", r"\s+")
        (anywhere if WITHOUT_SPACES.search(term) else spaced).append(escaped)
    within, word = f"[{marks()}]", rf"[\w{marks()}]"
    alternatives = [f"(?:{'|'.join(anywhere)})(?!{within})"] if anywhere else []
    alternatives += [f"(?<!{word})(?:{'|'.join(spaced)})(?!{word})"] if spaced else []
    return re.compile("|".join(alternatives))


def change(edition: Edition, terms: str, by: Participant) -> None:
    """Set the terms (one per line) that nobody may write in the edition."""
    with transaction.atomic():
        current = Edition.locked(edition.pk)
        if current.blocked_terms == terms:
            return
        current.blocked_terms = edition.blocked_terms = terms
        current.save(update_fields=["blocked_terms"])
        audit.record(by, "edition.blocklist", edition.room_key, words=len(terms.split()))


def blocked_now(text: str) -> bool:
    """Whether a text contains a term of an edition that is not over: a name is the same in all of them."""
    editions = Edition.objects.exclude(blocked_terms="").filter(end_date__gte=clock.now().date() - timedelta(days=1))
    return any(blocked(text, terms) for terms in editions.values_list("blocked_terms", flat=True))


def blocked(text: str, terms: str) -> bool:
    """Whether a text contains one of the terms (one per line)."""
    pattern = _pattern(terms)
    return bool(pattern and pattern.search(fold(text)))
