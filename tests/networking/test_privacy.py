"""What goes: a line, an account, and what is older than it is kept."""

import json
from datetime import timedelta

import pytest

from common import clock
from expo.models import Availability
from live.log import between
from live.models import Event, Room
from networking import keeping_away, privacy, writing
from networking.models import Block, Card, Conversation, Line, Report
from people import account
from tests.networking.conftest import card_of, opened, say

pytestmark = pytest.mark.django_db
GONE = "Xk7canary"


@pytest.fixture
def two(place):
    card_of(place, "ming")
    return opened(place, "amara", "ming", f"{GONE} request")


def log(key):
    return between(key, 0, Room.heads([key])[key])


def test_a_line_that_is_taken_back_leaves_the_log_and_every_catch_up(two):
    line = say(two, two.asked, f"{GONE} line")
    assert GONE not in json.dumps([event.data for event in Event.objects.filter(room__key=two.room_key)])
    assert f"{GONE} line" in json.dumps([event.shown for event in log(two.room_key)])
    writing.remove(line)
    assert f"{GONE} line" not in json.dumps([event.shown for event in log(two.room_key)])
    assert log(two.room_key)[-1].kind == "live.rewritten"
    assert Line.objects.get(pk=line.pk).text == ""
    assert GONE not in json.dumps(privacy.export(two.asked), default=str)


def test_with_either_account_goes_all_of_it(two, place):
    line = say(two, two.asked, f"{GONE} line")
    keeping_away.report(two, two.asker, "Rude", [line])
    keeping_away.block(two.asker, two.asked_id, on=True)
    Availability.objects.create(edition=two.edition, participant=two.asked, is_open=True)
    key = two.room_key
    account.delete(place["all"]["ming"])
    for model in (Card, Conversation, Line, Report, Block, Availability):
        assert not model.objects.exists(), model
    assert GONE not in json.dumps([event.shown for event in log(key)])
    assert log(key)[-1].kind == "live.rewritten"


def test_it_is_kept_for_a_time(two, place):
    keeping_away.decide(keeping_away.report(two, two.asker, "Rude", []).pk, True, place["all"]["organiser"])
    privacy.forget_old({})
    assert (Conversation.objects.count(), Report.objects.count(), Card.objects.count()) == (1, 1, 1)
    Report.objects.update(decided_at=clock.now() - privacy.REPORTS_KEPT - timedelta(days=1))
    privacy.forget_old({})
    assert (Conversation.objects.count(), Report.objects.count()) == (1, 0)
    over = (clock.now() - privacy.KEPT).date() - timedelta(days=2)
    type(two.edition).objects.filter(pk=two.edition_id).update(start_date=over, end_date=over)
    privacy.forget_old({})
    assert (Conversation.objects.count(), Line.objects.count(), Card.objects.count()) == (0, 0, 0)
