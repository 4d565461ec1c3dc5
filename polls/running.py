"""What those who run the show see of polls."""

from collections.abc import Collection

from django.db.models import Count
from django.utils.translation import ngettext

from common.contract import Fact
from polls.models import Poll, State


def open_polls(session_ids: Collection[int]) -> dict[int, int]:
    """Session id -> how many polls are open, for those with any."""
    found = Poll.objects.filter(session__in=session_ids, state=State.OPEN).order_by()
    return dict(found.values_list("session").annotate(Count("pk")))


def _words(number: int) -> str:
    return ngettext("%(number)s open poll", "%(number)s open polls", number) % {"number": number}


FACTS = [Fact(open_polls, _words, "chart-column", "polls:list")]
