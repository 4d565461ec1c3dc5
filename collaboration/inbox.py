"""What people are told of commitments: that somebody asks how one stands (notices/ shows it)."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from collaboration.models import Reminder
from common import clock
from common.contract import Inbox, Told
from people.models import Participant

MOST = 50  # lines


def told(participant: Participant) -> Sequence[Told]:
    """The reminders of a participant."""
    return [
        _line(each) for each in Reminder.objects.filter(participant=participant).select_related("commitment")[:MOST]
    ]


def _line(reminder: Reminder) -> Told:
    sentence = _("is promised, and nothing was heard for %(months)d months. How does it stand?")
    address = reverse("collaboration:report", args=[reminder.commitment_id])
    words = sentence % {"months": reminder.months}
    return Told(reminder.at, reminder.commitment.title, address, words, fresh=reminder.seen_at is None)


def unseen(people: Collection[int]) -> Mapping[int, int]:
    """Id -> how many reminders that participant has not seen."""
    waiting = Reminder.objects.filter(participant__in=people, seen_at=None).order_by()
    return dict(waiting.values_list("participant").annotate(Count("pk")))


def seen(participant: Participant) -> None:
    """All of them are seen from now on."""
    Reminder.objects.filter(participant=participant, seen_at=None).update(seen_at=clock.now())


INBOX = Inbox(told, unseen, seen)
