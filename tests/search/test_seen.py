"""What is asked with each search: embargoes, bans, and that people are no part of the index."""

from datetime import timedelta

from django.utils import timezone

from cities.models import City
from people.models import Ban, Participant
from sessions.models import Edition, Session, Speaker, Stage
from tests import world


def test_an_embargo_ends_by_itself(place, look):
    Session.objects.filter(pk=place["session"]).update(embargo_until=timezone.now() + timedelta(hours=1))
    path = f"/sessions/{place['session']}/"
    assert path not in look(place, "attendee", "streets")[1]
    Session.objects.filter(pk=place["session"]).update(embargo_until=timezone.now() - timedelta(hours=1))
    assert path in look(place, "attendee", "streets")[1]


def test_who_is_banned_from_another_edition_finds_nothing_of_it(place, look):
    before = Edition.objects.create(
        name="Before", slug="before", host_city=Edition.objects.get(pk=place["edition"]).host_city,
        start_date="2020-01-01", end_date="2020-01-02",
    )  # fmt: skip
    speaker = Speaker.objects.create(edition=before, guid="x", name="Xavier Formerly")
    attendee = place["people"]["attendee"]
    assert "Formerly" not in look(place, "attendee", "xavier")[1], "nobody has published a session of theirs"
    stage = Stage.objects.create(edition=before, host_city=before.host_city, name="Then")
    speaker.sessions.add(world.talk(before, stage, "Long ago"))
    assert "Formerly" in look(place, "attendee", "xavier")[1]
    Ban.objects.create(participant_id=attendee, scope=before.room_key, reason="x")
    assert "Formerly" not in look(place, "attendee", "xavier")[1]


def test_people_are_not_in_it(place, look):
    """Participants are no speakers: neither their names nor their cities are found, also after they have gone."""
    name = Participant.objects.get(pk=place["people"]["attendee"]).name
    assert "0 results" in look(place, "organiser", name)[1]
    City.objects.create(name="Lagos", slug="lagos", country="Nigeria", region="africa", private_needs="Secretword")
    assert "0 results" in look(place, "organiser", "secretword")[1]
