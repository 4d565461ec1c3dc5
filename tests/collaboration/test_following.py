"""What is heard of a commitment: reports, evidence, reminders, silence."""

from datetime import timedelta

import pytest
from django.core import mail

from collaboration import following, state
from collaboration.models import Commitment, Reminder
from common import clock
from notices import history
from people.models import AuditEntry
from people.refusal import Refused
from tests.collaboration.conftest import draft_of, heard_ago, report_of, signed_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def commitment(place):
    return signed_by(draft_of(place["edition"], place["lagos"], place["porto"]), *place["hands"])


def now_is(commitment):
    commitment.refresh_from_db()
    return commitment.state


def pass_due(commitment):
    commitment.due = (clock.now() - timedelta(days=2)).date()
    commitment.save(update_fields=["due"])


def test_nothing_turns_before_its_time(commitment):
    heard_ago(commitment, days=80)
    following.follow({})
    assert now_is(commitment) == "track" and not Reminder.objects.exists()


def test_late_when_the_day_has_passed(commitment):
    pass_due(commitment)
    following.follow({})
    assert now_is(commitment) == "late"
    [entry] = AuditEntry.objects.filter(action="collaboration.turn_late")
    assert entry.by_id is None


@pytest.mark.parametrize("late_before", [True, False])
def test_silent_thirteen_months_after_the_last_word(commitment, late_before):
    if late_before:
        pass_due(commitment)
        following.follow({})
    heard_ago(commitment, days=398)
    following.follow({})
    following.follow({})
    assert now_is(commitment) == "silent"
    assert AuditEntry.objects.filter(action="collaboration.turn_silent").count() == 1


def test_reminded_once_after_three_six_and_twelve_months(place, commitment):
    for days, count in ((93, 1), (120, 1), (186, 2), (368, 3), (380, 3)):
        heard_ago(commitment, days=days)
        for _twice in range(2):
            following.follow({})
        assert Reminder.objects.filter(participant=place["all"]["mayor"]).count() == count, days
    assert set(Reminder.objects.values_list("months", flat=True)) == {3, 6, 12}
    assert Reminder.objects.values("participant").distinct().count() == 2, "of each party"


def test_a_long_silence_is_one_reminder_and_not_three(commitment):
    heard_ago(commitment, days=366)
    following.follow({})
    assert list(Reminder.objects.values_list("months", flat=True)) == [12, 12]


def test_the_mail_says_where_to_answer_and_goes_once(place, commitment):
    heard_ago(commitment, days=93)
    following.follow({})
    reminder = Reminder.objects.first()
    for _twice in range(2):
        following.mail({"commitment": str(commitment.pk), "at": reminder.at.isoformat()})
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(hand[1].email for hand in place["hands"])
    assert f"/commitments/{commitment.pk}/report/" in mail.outbox[0].body


def test_a_word_ends_silence_and_the_count_of_reminders(place, commitment):
    heard_ago(commitment, days=398)
    following.follow({})
    assert list(following.asked_of(place["all"]["mayor"]))
    following.tell(commitment.pk, report_of(place["lagos"]), place["all"]["mayor"])
    assert now_is(commitment) == "track" and commitment.reminded == 0
    assert not list(following.asked_of(place["all"]["mayor"]))
    following.follow({})
    assert now_is(commitment) == "track"


def test_a_party_may_say_itself_that_it_is_late(place, commitment):
    following.tell(commitment.pk, report_of(place["lagos"], "late"), place["all"]["mayor"])
    assert now_is(commitment) == "late"
    following.tell(commitment.pk, report_of(place["lagos"]), place["all"]["mayor"])
    assert now_is(commitment) == "track"


def test_done_needs_evidence(place, commitment):
    with pytest.raises(Refused) as refusal:
        following.tell(commitment.pk, report_of(place["lagos"], "done"), place["all"]["mayor"])
    assert refusal.value.status == 422 and now_is(commitment) == "track"
    done = report_of(place["lagos"], "done", evidence="https://example.org/count")
    following.tell(commitment.pk, done, place["all"]["mayor"])
    assert now_is(commitment) == "done"
    heard_ago(commitment, days=800)
    following.follow({})
    assert now_is(commitment) == "done", "what is done is not silent"


def test_a_review_opens_it_again(place, commitment):
    done = report_of(place["lagos"], "done", evidence="https://example.org/count")
    following.tell(commitment.pk, done, place["all"]["mayor"])
    pass_due(commitment)
    state.step(commitment.pk, "reopen", place["all"]["organiser"], reason="The link shows plans only")
    assert now_is(commitment) == "late"


def test_nobody_reports_for_another_party(place, commitment):
    with pytest.raises(Refused):
        following.tell(commitment.pk, report_of(place["porto"]), place["all"]["mayor"])
    with pytest.raises(Refused):
        following.tell(commitment.pk, report_of(place["lagos"]), place["all"]["attendee"])


def test_many_are_looked_at_in_portions(place, monkeypatch):
    monkeypatch.setattr(following, "AT_ONCE", 2)
    made = [draft_of(place["edition"], place["lagos"], title=f"Promise {n}") for n in range(5)]
    for each in made:
        heard_ago(signed_by(each, place["hands"][0]), days=398)
    data, rounds = {}, 0
    while data is not None and rounds < 9:
        again = following.follow(data)
        data, rounds = again and again.data, rounds + 1
    assert rounds == 3 and set(Commitment.objects.values_list("state", flat=True)) == {"silent"}


def test_a_reminder_stands_among_the_notices_and_counts_until_it_was_seen(place, commitment, client):
    heard_ago(commitment, days=93)
    following.follow({})
    mayor, other = place["all"]["mayor"].pk, place["all"]["attendee"].pk
    assert history.own([(mayor, 1), (other, 1)]) == [{"unseen": 1}, {"unseen": 0}]
    client.cookies["sessionid"] = place["cookies"]["mayor"]
    page = client.get("/notices/").text
    assert f"/commitments/{commitment.pk}/report/" in page and "nothing was heard for 3 months" in page
    assert history.own([(mayor, 1)]) == [{"unseen": 0}]
    client.cookies["sessionid"] = place["cookies"]["attendee"]
    assert "nothing was heard" not in client.get("/notices/").text
