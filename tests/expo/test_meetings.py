"""Meetings: whose turn it is, what is booked, what expires, what calendars read."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from common import clock
from expo import calendar, meeting
from expo.models import Booking, Meeting
from people.refusal import Refused
from sessions.models import Session
from tests.expo.conftest import visitor_of

pytestmark = pytest.mark.django_db
R, P, A = "requested", "proposed", "accepted"


@pytest.fixture
def asked(place):
    time = meeting.slots(place["exhibitor"])[0]
    return meeting.ask(place["exhibitor"], place["all"]["attendee"], "Trams", time, "table")


def answer(place, asked, action, who="staff", **given):
    visitor = who == "attendee"
    return meeting.answer(asked.pk, action, place["all"][who], visitor, expected=None, **given)


@pytest.mark.parametrize(
    ("state", "begun", "of_team", "of_visitor"),
    [
        (R, False, {"accept", "propose", "decline"}, {"cancel"}),
        (P, False, set(), {"accept", "counter", "decline", "cancel"}),
        (A, False, {"cancel"}, {"cancel"}),
        (A, True, {"miss"}, {"miss"}),
        ("declined", False, set(), set()),
        ("expired", False, set(), set()),
        ("cancelled", False, set(), set()),
        ("missed", True, set(), set()),
    ],
)
def test_whose_turn_it_is(asked, state, begun, of_team, of_visitor):
    asked.state = state
    asked.starts_at = clock.now() + timedelta(hours=-1 if begun else 1)
    assert set(meeting.offered(asked, False)) == of_team
    assert set(meeting.offered(asked, True)) == of_visitor


def test_a_request_books_nothing_and_an_agreement_does(place, asked):
    assert not Booking.objects.exists()
    accepted = answer(place, asked, "accept")
    assert accepted.table == 1 and accepted.host == place["all"]["staff"]
    assert Booking.objects.count() == 3
    answer(place, accepted, "cancel", "attendee")
    assert not Booking.objects.exists()


def test_another_time_goes_to_and_fro(place, asked):
    times = meeting.slots(place["exhibitor"])
    proposed = answer(place, asked, "propose", start=times[1])
    assert (proposed.state, proposed.starts_at) == (P, times[1])
    with pytest.raises(Refused):
        answer(place, asked, "accept")  # it is the visitor's turn
    with pytest.raises(Refused):
        answer(place, asked, "counter", "attendee", start=times[0] + timedelta(minutes=1))
    assert answer(place, asked, "counter", "attendee", start=times[2]).state == R
    assert answer(place, asked, "accept").starts_at == times[2]


def test_who_is_busy_or_on_stage_is_not_booked(place, asked):
    answer(place, asked, "accept")
    other = meeting.ask(place["exhibitor"], visitor_of(place, "late"), "Trams", asked.starts_at, "video")
    with pytest.raises(Refused, match="another meeting"):
        answer(place, other, "accept")
    assert answer(place, other, "accept", "colleague").state == A
    session = place["at"]
    session.speakers.update(participant=place["all"]["rival"])
    on_stage = meeting.slots(place["exhibitor"])[3]
    Session.objects.filter(pk=session.pk).update(start=on_stage - timedelta(minutes=5), end=on_stage + meeting.LENGTH)
    theirs = place["all"]["rival"].exhibits.get().exhibitor
    third = meeting.ask(theirs, visitor_of(place, "later"), "Kerbs", on_stage, "video")
    with pytest.raises(Refused, match="Streets for people"):
        answer(place, third, "accept", "rival")


def test_tables_run_out(place, asked):
    place["expo"].tables = 1
    place["expo"].save()
    answer(place, asked, "accept")
    other = meeting.ask(place["exhibitor"], visitor_of(place, "late"), "Trams", asked.starts_at, "table")
    with pytest.raises(Refused, match="tables"):
        answer(place, other, "accept", "colleague")


def test_what_nobody_answers_expires_and_cannot_be_accepted_late(place, asked):
    Meeting.objects.filter(pk=asked.pk).update(changed_at=clock.now() - meeting.EXPIRES)
    with pytest.raises(Refused, match="expired"):
        answer(place, asked, "accept")
    meeting.expire()
    asked.refresh_from_db()
    assert asked.state == "expired"


def test_requests_of_one_person_have_a_limit(place):
    times = meeting.slots(place["exhibitor"])
    for time in times[: meeting.MOST_PENDING]:
        meeting.ask(place["exhibitor"], place["all"]["attendee"], "Trams", time, "video")
    with pytest.raises(Refused, match="wait"):
        meeting.ask(place["exhibitor"], place["all"]["attendee"], "Trams", times[-1], "video")


def test_who_saw_an_older_state_changes_nothing(place, asked):
    answer(place, asked, "propose", start=meeting.slots(place["exhibitor"])[1])
    with pytest.raises(Refused, match="Look again"):
        meeting.answer(asked.pk, "accept", place["all"]["attendee"], True, expected=0)


def test_calendars_read_it(place, asked):
    accepted = answer(place, asked, "accept")
    read = Calendar.from_ical(calendar.invitation(accepted, "City of\r\nTampere", lambda path: f"https://x{path}"))
    (event,) = read.walk("VEVENT")
    assert event["SUMMARY"] == "City of Tampere: Trams" and event["STATUS"] == "CONFIRMED"
    assert event.decoded("DTSTART") == accepted.starts_at
    assert event["LOCATION"] == "At a table 1, Barcelona" and event["SEQUENCE"] == accepted.version
