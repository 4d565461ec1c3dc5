"""The rush: ballots that arrive over the sockets of a process, in batches."""

from collections.abc import Iterable
from typing import Any

from django.db import OperationalError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from common.numbers import id_in
from live.upstream import Reply, Said
from live.viewer import Viewer
from people.permissions import can, participants
from people.refusal import Refused
from polls import visibility
from polls.answers import sent_of
from polls.ballots import Vote, cast_all
from polls.data import poll_data
from polls.models import Poll
from polls.tally import tally
from sessions.rooms import role_for

TRIES = 2  # a deadlock or a lost connection is nobody's own outcome


def received(said: list[Said]) -> list[Reply]:
    """Cast the ballots {"poll": id, "fields": {name: [values]}}; each has its own outcome (see Reply)."""
    people = participants({one.participant_id for one in said})
    polls = _polls(id_in(one.data, "poll") for one in said)
    outcomes: list[Vote | Reply] = []
    for one in said:
        with translation.override(one.language):
            outcomes.append(_vote(one, people.get(one.participant_id), polls.get(id_in(one.data, "poll"))))
    _cast([outcome for outcome in outcomes if isinstance(outcome, Vote)])
    results: dict[tuple[int, str], str] = {}
    replies = []
    for one, outcome in zip(said, outcomes, strict=True):
        if isinstance(outcome, Reply):
            replies.append(outcome)
            continue
        with translation.override(one.language):
            replies.append(_reply(one, outcome, polls[outcome.poll_id], people[one.participant_id], results))
    return replies


def _polls(ids: Iterable[int]) -> dict[int, Poll]:
    return Poll.objects.select_related("session__edition").in_bulk(set(ids))


def _vote(one: Said, participant: Any, poll: Poll | None) -> Vote | Reply:
    if poll is None or participant is None or not can(participant, "polls.view", poll.session):
        return Reply(404, _("There is no such poll any more."))
    if not can(participant, "polls.vote", poll.session):
        return Reply(403, _("Only participants of this edition answer its polls."))
    try:
        return Vote(participant.pk, poll.pk, sent_of(one.data.get("fields")))
    except Refused as refusal:
        return Reply(422, str(refusal))


def _cast(votes: list[Vote]) -> None:
    for left in reversed(range(TRIES)):
        try:
            return cast_all(votes)
        except OperationalError:
            if not left:
                raise


def _reply(one: Said, vote: Vote, poll: Poll, participant: Any, results: dict[tuple[int, str], str]) -> Reply:
    if vote.refused:
        return Reply(409, str(vote.refused))
    if not visibility.for_voters(poll) or vote.round is None:
        return Reply(200)
    key = (poll.pk, one.language)
    if key not in results:
        data = poll_data(poll, tally(poll, poll.round))
        results[key] = render_to_string("polls/_results.html", {"data": data}).strip()
    viewer = Viewer(role_for(participant, poll.session), participant.pk, passing=True)
    return Reply(200, results[key], vote.round.room_key, viewer)
