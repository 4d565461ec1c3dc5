"""Meetings with other visitors and with delegations: who can be asked, when, by whom it is answered, who is told."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from common import clock
from common.registry import registry
from expo import meeting, partners, telling
from expo.models import Availability, Booking, Meeting, MeetingNotice
from networking import keeping_away
from networking.models import Card
from people.models import Participant
from people.refusal import Refused
from scheduler.models import Job
from tests.collaboration.conftest import delegation_of, organisation_of
from tests.expo.conftest import visitor_of

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/Sao_Paulo")


def hours_of(place, who, **fields):
    """Somebody of the directory who gives hours."""
    agreed = {"is_listed": True, "about": "Xk7about"}
    Card.objects.create(edition=place["edition_row"], participant=place["all"][who], **agreed)
    given = {"is_open": True, "opens": time(0), "closes": time(23, 59)} | fields
    return Availability.objects.create(edition=place["edition_row"], participant=place["all"][who], **given)


@pytest.fixture
def partner(place):
    return partners.person(hours_of(place, "rival"))


@pytest.fixture
def asked(place, partner):
    return meeting.ask(partner, place["all"]["attendee"], "Kerbs", partner.slots()[0], "video")


def client(place, who):
    made = Client()
    made.cookies["sessionid"] = place["cookies"][who]
    return made


def answer(place, asked, action, who):
    is_visitor = asked.visitor_id == place["all"][who].pk
    return meeting.answer(asked.pk, action, place["all"][who], is_visitor, expected=None)


def notices(place, who):
    return [told.sentence for told in telling.told(place["all"][who])]


def test_hours_are_those_of_ones_own_clock(place):
    Participant.objects.filter(pk=place["all"]["rival"].pk).update(timezone=ZONE.key)
    place["all"]["rival"].refresh_from_db()
    offered = partners.person(hours_of(place, "rival", opens=time(9), closes=time(10, 30))).slots()
    assert {moment.astimezone(ZONE).time() for moment in offered} == {time(9), time(9, 30), time(10)}


def test_who_has_closed_their_hours_or_is_not_in_the_directory_cannot_be_asked(place):
    own, who = hours_of(place, "rival", is_open=False), place["all"]["rival"].pk
    ask = reverse("expo:meet_person", args=[place["slug"], who])
    person = reverse("networking:person", args=[place["slug"], who])
    assert client(place, "attendee").get(ask).status_code == 404
    assert ask not in client(place, "attendee").get(person).text
    Availability.objects.filter(pk=own.pk).update(is_open=True)
    assert ask in client(place, "attendee").get(person).text
    assert "Xk7about" in client(place, "attendee").get(ask).text
    assert client(place, "rival").get(ask).status_code == 409, "nobody asks themselves"
    keeping_away.block(place["all"]["rival"], place["all"]["attendee"].pk, on=True)
    assert client(place, "attendee").get(ask).status_code == 404, "whoever is kept away asks for no meeting either"
    keeping_away.block(place["all"]["rival"], place["all"]["attendee"].pk, on=False)
    assert client(place, "attendee").get(ask).status_code == 200
    Card.objects.update(is_listed=False)
    assert client(place, "attendee").get(ask).status_code == 404, "the consent is the card's"
    hours = reverse("expo:hours", args=[place["slug"]])
    assert "nobody finds you" in client(place, "rival").get(hours).text
    people = reverse("expo:people", args=[place["slug"]])
    assert client(place, "outsider").get(people).status_code in (403, 404)


def test_a_visitor_is_asked_and_answers(place, asked):
    page = reverse("expo:meeting", args=[asked.pk])
    seen = {
        who for who in ("attendee", "rival", "staff", "organiser") if client(place, who).get(page).status_code == 200
    }
    assert seen == {"attendee", "rival"}
    assert answer(place, asked, "accept", "rival").host_id == place["all"]["rival"].pk
    assert Booking.objects.count() == 2, "a person each, no table"
    assert notices(place, "rival") == ["asks you for a meeting: Kerbs"]
    assert notices(place, "attendee") == ["has agreed to meet you: Kerbs"]


def test_what_one_has_booked_is_not_offered_and_what_one_planned_is_said(place, asked, partner):
    answer(place, asked, "accept", "rival")
    other = visitor_of(place, "late")
    assert asked.starts_at not in meeting.free_slots(partner, other)
    session = place["at"]
    session.end = clock.now() + timedelta(hours=3)
    session.save()
    session.speakers.update(participant=other)
    planned = meeting.clashes(other, partner.slots())
    assert set(planned.values()) == {session.title}
    assert all(moment < session.end and moment + meeting.LENGTH > session.start for moment in planned)
    assert "you planned" in client(place, "late").get(partner.address).text


def test_requests_to_one_person_have_a_limit(place, partner):
    for moment in partner.slots()[: meeting.MOST_TO_ONE]:
        meeting.ask(partner, place["all"]["attendee"], "Kerbs", moment, "video")
    with pytest.raises(Refused, match="to them"):
        meeting.ask(partner, place["all"]["attendee"], "Kerbs", partner.slots()[9], "video")


@pytest.mark.parametrize("way", ["stand", "table"])
def test_a_person_has_no_stand_and_tables_are_in_the_hall(place, partner, way):
    place["expo"].opens, place["expo"].closes = time(23, 58), time(23, 59)
    place["expo"].save()
    with pytest.raises(Refused):
        meeting.ask(partner, place["all"]["attendee"], "Kerbs", partner.slots()[0], way)


def test_a_delegation_is_asked_through_its_focal_points(place):
    organisation = organisation_of("Lagos")
    delegation_of(place["edition_row"], organisation, place["all"]["moderator"].email)
    delegation_of(place["edition_row"], organisation_of("Nobody yet"), "nobody@example.org")
    (party,) = registry.parties(place["edition_row"].pk)
    address = reverse("expo:meet_delegation", args=[place["slug"], party.pk])
    start = partners.delegation(place["edition_row"], party).slots()[0]
    sent = {"topic": "Markets", "way": "video", "start": start.isoformat()}
    assert client(place, "attendee").post(address, sent).status_code == 302
    asked = Meeting.objects.get()
    for who in ("staff", "organiser", "rival"):
        assert client(place, who).get(asked.get_absolute_url()).status_code == 404, who
    place["all"]["moderator"].refresh_from_db()
    assert "Markets" in client(place, "moderator").get(asked.get_absolute_url()).text
    assert answer(place, asked, "accept", "moderator").host == place["all"]["moderator"]
    assert notices(place, "moderator") == ["asks you for a meeting: Markets"]


def test_one_that_a_long_list_leaves_out_is_asked_and_sees_it_all_the_same(place, monkeypatch):
    nation = delegation_of(place["edition_row"], organisation_of("Norway"), place["all"]["rival"].email)
    monkeypatch.setattr("collaboration.parties.MOST", 0)
    slug, edition = place["slug"], place["edition_row"]
    address = reverse("expo:meet_delegation", args=[slug, nation.pk])
    assert client(place, "attendee").get(address).status_code == 200
    partner = partners.delegation(edition, registry.public_party(edition.pk, nation.pk))
    made = meeting.ask(partner, place["all"]["attendee"], "Ferries", partner.slots()[0], "video")
    assert made.get_absolute_url() in client(place, "rival").get(reverse("expo:me", args=[slug])).text


def test_both_are_reminded_once_unless_it_is_cancelled(place, asked):
    accepted = answer(place, asked, "accept", "rival")
    job = Job.objects.get(kind="expo.remind")
    assert job.due_at == max(accepted.starts_at - telling.SOON, accepted.changed_at) or job.due_at <= accepted.starts_at
    telling.remind(job.data | {"starts": (accepted.starts_at + timedelta(hours=1)).isoformat()})
    assert not MeetingNotice.objects.filter(kind="soon").exists(), "another time is another reminder"
    telling.remind(job.data)
    told = set(MeetingNotice.objects.filter(kind="soon").values_list("participant", flat=True))
    assert told == {place["all"]["attendee"].pk, place["all"]["rival"].pk}
    answer(place, accepted, "cancel", "attendee")
    assert not Job.objects.filter(kind="expo.remind").exists()


def test_mails_go_to_those_who_wish_them(place, asked, settings):
    settings.DEMO = False
    Participant.objects.filter(pk=place["all"]["rival"].pk).update(email="rival@example.org")
    data = Job.objects.get(kind="expo.mail").data
    telling.mail(data)
    assert [each.to for each in mail.outbox] == [["rival@example.org"]]
    assert "Kerbs" in mail.outbox[0].body and asked.get_absolute_url() in mail.outbox[0].body
    telling.mail(data)
    assert len(mail.outbox) == 1, "once"
    MeetingNotice.objects.update(sent_at=None)
    Availability.objects.update(mails=False)
    telling.mail(data)
    assert len(mail.outbox) == 1


def test_nobody_answers_for_a_day_and_the_visitor_is_told(place, asked):
    Meeting.objects.update(changed_at=clock.now() - meeting.EXPIRES)
    meeting.expire()
    assert notices(place, "attendee") == ["nobody answered within a day: Kerbs"]
    assert not Booking.objects.exists()


def test_what_was_agreed_goes_with_either_account(place, asked):
    from people import account

    answer(place, asked, "accept", "rival")
    account.delete(place["all"]["rival"])
    assert not Meeting.objects.exists() and not MeetingNotice.objects.exists() and not Availability.objects.exists()


def test_many_tables_cost_no_more_questions(place, django_assert_max_num_queries):
    place["expo"].tables = 500
    place["expo"].save()
    start = meeting.slots(place["exhibitor"])[0]
    asked = meeting.ask(place["exhibitor"], place["all"]["attendee"], "Trams", start, "table")
    with django_assert_max_num_queries(45):
        meeting.answer(asked.pk, "accept", place["all"]["staff"], False, expected=None)


def test_people_to_meet_says_how_many_delegations_there_are_and_pages_them(place):
    edition, address = place["edition_row"], reverse("expo:people", args=[place["slug"]])
    for number in range(57):
        delegation_of(edition, organisation_of(f"Town {number:02}"), place["all"]["moderator"].email.upper())
        delegation_of(edition, organisation_of(f"Away {number:02}"), f"nobody{number}@example.org")
    page = client(place, "attendee").get(address).text
    assert ">57</span>" in page and "Town 49" in page and "Town 50" not in page and "Away" not in page
    after = client(place, "attendee").get(address, {"delegations": "2", "q": "town"}).text
    assert "Town 50" in after and "Town 49" not in after and "q=town&amp;delegations=1" in after
