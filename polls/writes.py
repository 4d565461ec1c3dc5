"""Ballots as they are cast: their rules, their storing and what the socket answers, by socket and HTTP."""

from collections.abc import Collection, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from common.prepared import Prepared
from live.writes import Reply
from people.models import Participant
from polls import visibility
from polls.answers import sent_of
from polls.ballots import Vote, cast_together
from polls.data import poll_data
from polls.models import Poll
from polls.tally import tally
from polls.translating import translated
from sessions.rooms import viewer_for
from sessions.writes import Attempt, SmallWrite, id_under, of_session

_POLLS = Prepared(lambda ids: Poll.objects.select_related("session__edition").filter(pk__in=ids))


def _polls(ids: Collection[int]) -> dict[int, Poll]:
    return {poll.pk: poll for poll in _POLLS.ask(ids)}


def _vote(voter: Participant, poll: Poll, data: Mapping[str, Any]) -> Vote:
    return Vote(voter.pk, poll.pk, sent_of(data.get("fields")))


def _reply(attempt: Attempt, results: dict[Any, str]) -> Reply:
    """Who may see results now that they have voted gets them, and follows them from now on."""
    poll, the_round = attempt.thing, attempt.value.round
    if not visibility.for_voters(poll) or the_round is None:
        return Reply(200)
    key = (poll.pk, attempt.language)
    if key not in results:
        [data] = translated([poll_data(poll, tally(poll, poll.round))])
        results[key] = render_to_string("polls/_results.html", {"data": data}).strip()
    viewer = viewer_for(attempt.participant, poll.session, passing=True)
    return Reply(200, results[key], the_round.room_key, viewer)


# {"poll": id, "fields": {name: [values]}}
BALLOT = SmallWrite(
    action="polls.vote",
    view="polls.view",
    gone=_("There is no such poll any more."),
    key=id_under("poll"),
    find=_polls,
    rules=_vote,
    store=cast_together,
    reply=_reply,
    own=of_session,
)
