"""What both sides of a replication are told: on their page of notices, and by mail, which one may switch off."""

from datetime import timedelta

import pytest
from django.core import mail

from collaboration import replicating, telling
from collaboration.models import Silence, TeamNotice
from common import clock
from notices import history
from people import account
from people.devices import UserSession
from scheduler.models import Job
from tests.collaboration.conftest import case_of, city_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sides(place):
    """Da Nang's case, whose team are the speaker and the organiser; Accra asks: the attendee and the moderator."""
    people = place["all"]
    place["giver"] = city_of("Da Nang", people["speaker"], people["organiser"])
    place["taker"] = city_of("Accra", people["attendee"], people["moderator"])
    place["case"] = case_of(place["giver"])
    return place


def begin(sides):
    return replicating.begin(sides["case"], sides["taker"], sides["all"]["attendee"])


def told(kind):
    return set(TeamNotice.objects.filter(kind=kind).values_list("participant__name", flat=True))


def names(sides, *roles):
    return {sides["all"][role].name for role in roles}


def sent():
    for job in Job.objects.filter(kind="collaboration.tell"):
        telling.mail(job.data)
    return {address for letter in mail.outbox for address in letter.to}


def test_the_team_hears_of_a_new_interest_once(sides):
    begin(sides)
    replicating.begin(sides["case"], sides["taker"], sides["all"]["moderator"])
    assert told("asked") == names(sides, "speaker", "organiser") and TeamNotice.objects.count() == 2


def test_a_message_is_told_to_the_other_side_and_not_again_before_they_looked(sides, client):
    replication = begin(sides)
    for text in ("How deep?", "And how wide?"):
        replicating.write(replication.pk, text, sides["all"]["attendee"], from_team=False)
    assert told("words") == names(sides, "speaker", "organiser")
    assert TeamNotice.objects.filter(kind="words").count() == 2
    client.cookies["sessionid"] = sides["cookies"]["speaker"]
    assert "Accra" in client.get("/notices/").text
    replicating.write(replication.pk, "Still there?", sides["all"]["attendee"], from_team=False)
    assert TeamNotice.objects.filter(kind="words", participant=sides["all"]["speaker"]).count() == 2


def test_the_city_hears_of_answers(sides, client):
    replication = begin(sides)
    replicating.write(replication.pk, "One metre.", sides["all"]["speaker"], from_team=True)
    assert told("words") == names(sides, "attendee", "moderator")
    who = sides["all"]["attendee"].pk
    assert history.own([(who, 1)]) == [{"unseen": 1}]
    client.cookies["sessionid"] = sides["cookies"]["attendee"]
    page = client.get("/notices/").text
    assert "its team has answered" in page and replication.get_absolute_url() in page and "One metre." not in page
    assert history.own([(who, 1)]) == [{"unseen": 0}]


def test_the_team_hears_that_it_runs_and_of_no_other_step(sides):
    replication, who = begin(sides), sides["all"]["attendee"]
    replicating.adapt(replication.pk, "Mango trees", who)
    for action in ("talk", "adapt"):
        replicating.step(replication.pk, action, who)
    assert not told("runs")
    replicating.step(replication.pk, "run", who)
    assert told("runs") == names(sides, "speaker", "organiser")


def test_nobody_else_is_told(sides, client):
    begin(sides)
    for role in ("session_moderator", "attendee"):
        client.cookies["sessionid"] = sides["cookies"][role]
        assert "is interested in it" not in client.get("/notices/").text
    client.cookies["sessionid"] = sides["cookies"]["speaker"]
    assert "is interested in it" in client.get("/notices/").text


def test_who_writes_is_not_told_of_their_own_words(sides):
    replication = begin(sides)
    replicating.write(replication.pk, "Ours", sides["all"]["speaker"], from_team=True)
    replicating.write(replication.pk, "Yours?", sides["all"]["moderator"], from_team=False)
    assert not TeamNotice.objects.filter(participant=sides["all"]["moderator"], from_team=False).exists()


def test_mails_go_once_to_who_is_away_and_wishes_them(sides, client):
    replication = begin(sides)
    client.cookies["sessionid"] = sides["cookies"]["organiser"]
    assert client.post(f"{replication.get_absolute_url()}mails/", {"silent": "1"}).status_code == 302
    assert "Send them again" in client.get(replication.get_absolute_url()).text
    UserSession.objects.all().update(last_seen_at=clock.now() - timedelta(days=1))
    assert sent() == {sides["all"]["speaker"].email} == sent() and len(mail.outbox) == 1
    assert replication.get_absolute_url() in mail.outbox[0].body and "Trees that talk" in mail.outbox[0].body
    client.post(f"{replication.get_absolute_url()}mails/", {})
    assert not Silence.objects.exists()
    replicating.write(replication.pk, "Hello?", sides["all"]["attendee"], from_team=False)
    UserSession.objects.all().update(last_seen_at=clock.now())
    UserSession.objects.filter(user=sides["all"]["organiser"]).update(last_seen_at=clock.now() - timedelta(days=1))
    assert sides["all"]["organiser"].email in sent()


def test_mails_are_switched_off_by_those_of_the_replication_alone(sides, client):
    replication = begin(sides)
    client.cookies["sessionid"] = sides["cookies"]["session_moderator"]
    assert client.post(f"{replication.get_absolute_url()}mails/", {"silent": "1"}).status_code == 404
    assert not Silence.objects.exists()


def test_what_is_late_is_not_mailed_and_old_notices_go(sides):
    begin(sides)
    TeamNotice.objects.update(at=clock.now() - telling.LATEST - timedelta(seconds=1))
    assert sent() == set()
    telling.forget_told({})
    assert TeamNotice.objects.exists()
    TeamNotice.objects.update(at=clock.now() - telling.KEPT - timedelta(seconds=1))
    telling.forget_told({})
    assert not TeamNotice.objects.exists()


def test_what_is_kept_of_a_person_is_in_their_download_and_goes(sides):
    replication, who = begin(sides), sides["all"]["speaker"]
    telling.be_silent(replication, who, True)
    assert len(account.data_of(who)["replication_notices"]) == 1
    account.delete(who)
    assert not TeamNotice.objects.filter(participant=who).exists() and not Silence.objects.exists()
