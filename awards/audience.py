"""The audience award: the audience of a ceremony votes on finalists, apart from the jury.

It is a secret vote. Who has won is counted when the envelope is opened, and no page, frame or file counts it before.
"""

from collections import defaultdict
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from awards.models import AUDIENCE, PUBLIC, AudienceVote, Category, Cue, Entry, Kind
from common.registry import registry
from people.models import Participant
from people.refusal import Refused
from sessions.models import Session


class Share(NamedTuple):
    """What an entry has of the votes: how many, and in whole percent."""

    entry: str
    votes: int
    percent: int
    won: bool


def add(session: Session, category: Category, among: Category | None, by: Participant) -> None:
    """Put the vote: on the finalists of a category, or of all. Raises Refused for fewer than two, or too many."""
    chosen = Entry.objects.filter(category__call=category.call_id, state__in=PUBLIC)
    chosen = chosen.exclude(category__kind=Kind.CHALLENGE)
    entries = list((chosen.filter(category=among) if among else chosen).order_by("title", "pk"))
    words = [", ".join(part for part in (entry.title, entry.city) if part) for entry in entries]
    number, options = registry.vote().make(session, category.name, words, by)
    keys = [str(entry.pk) for entry in entries]
    AudienceVote.objects.create(category=category, number=number, options=list(zip(options, keys, strict=True)))


def remove(category: Category, by: Participant) -> None:
    """Take the vote away. Raises Refused once it was opened."""
    vote = AudienceVote.objects.get(category=category)
    registry.vote().remove(vote.number, by)
    vote.delete()


def step(cue: Cue, action: str, by: Participant, version: int | None = None) -> None:
    """Open or close the vote, as the person saw it. Raises Refused, also once its envelope is opened."""
    if cue.honour != AUDIENCE or cue.state != Cue.State.WAITING:
        raise Refused(_("The envelope of this vote is opened: take that back first."))
    registry.vote().step(AudienceVote.objects.get(category=cue.category_id).number, action, by, version)


def count(cue: Cue) -> None:
    """Count what the vote says, for its envelope. Raises Refused while it is not closed, and when nobody has voted."""
    vote = AudienceVote.objects.select_for_update().get(category=cue.category_id)
    votes = registry.vote().result(vote.number)
    public = Entry.objects.filter(pk__in=[pk for _option, pk in vote.options], state__in=PUBLIC)
    left = {str(pk) for pk in public.values_list("pk", flat=True)}
    rows = [(pk, votes.get(option, 0)) for option, pk in vote.options if pk in left]
    if not any(number for _pk, number in rows):
        raise Refused(_("Nobody has voted for an entry that is still in."))
    vote.result = sorted(rows, key=lambda row: -row[1])
    vote.save(update_fields=["result"])


def forget(cue: Cue) -> None:
    """The envelope is closed again: the vote is counted anew when it is opened."""
    AudienceVote.objects.filter(category=cue.category_id).update(result=[])


def shares(vote: AudienceVote) -> list[Share]:
    """The result, the most votes first. Several have won when they have as many."""
    total = sum(votes for _pk, votes in vote.result) or 1
    most = vote.result[0][1] if vote.result else 0
    return [Share(pk, votes, round(100 * votes / total), votes == most) for pk, votes in vote.result]


def told(calls: Any) -> list[AudienceVote]:
    """The votes of these calls (ids) whose result everybody may know, with their categories."""
    votes = AudienceVote.objects.filter(category__call__in=calls, category__cues__state=Cue.State.SHOWN)
    return list(votes.select_related("category__call__edition"))


def prizes(calls: Any) -> dict[str, list[str]]:
    """Entry -> the audience awards that it has won, as far as everybody may know."""
    found: dict[str, list[str]] = defaultdict(list)
    for vote in told(calls):
        for share in shares(vote):
            if share.won:
                found[share.entry].append(vote.category.local["name"])
    return found
