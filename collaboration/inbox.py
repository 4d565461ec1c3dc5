"""What people are told of commitments, that somebody asks how one stands, and of replications (notices/ shows it)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from collaboration import telling
from collaboration.models import Reminder, TeamNotice
from common import clock
from common.contract import Inbox, Told
from common.prepared import Prepared
from people.models import Participant

MOST = 50  # lines
TOLD: tuple[Any, ...] = (Reminder, TeamNotice)


def _unseen(model: Any, people: Collection[int]) -> Any:
    """Participant -> how many rows of that model they have not seen, as a query."""
    waiting = model.objects.filter(participant__in=people, seen_at=None).order_by()
    return waiting.values_list("participant").annotate(Count("pk"))


_UNSEEN = [Prepared(partial(_unseen, model)) for model in TOLD]


def told(participant: Participant) -> Sequence[Told]:
    """The reminders of a participant, and what they were told of replications."""
    lines = [*map(_line, _REMINDERS.ask(participant.pk)), *telling.told(participant)]
    return sorted(lines, key=lambda line: line.at, reverse=True)


_REMINDERS = Prepared(lambda pk: Reminder.objects.filter(participant=pk).select_related("commitment")[:MOST])


def _line(reminder: Reminder) -> Told:
    sentence = _("is promised, and nothing was heard for %(months)d months. How does it stand?")
    address = reverse("collaboration:report", args=[reminder.commitment_id])
    words = sentence % {"months": reminder.months}
    return Told(reminder.at, reminder.commitment.title, address, words, fresh=reminder.seen_at is None)


def unseen(people: Collection[int]) -> Mapping[int, int]:
    """Id -> how many of them that participant has not seen."""
    counts: Counter[int] = Counter()
    for unseen_of in _UNSEEN:
        counts.update(dict(unseen_of.ask(people)))
    return counts


def seen(participant: Participant) -> None:
    """All of them are seen from now on."""
    for model in TOLD:
        model.objects.filter(participant=participant, seen_at=None).update(seen_at=clock.now())


INBOX = Inbox(told, unseen, seen)
