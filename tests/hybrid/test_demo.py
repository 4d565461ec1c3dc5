"""The demo congress: what is in it, and that loading it again keeps what people did."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from chat.models import Message
from cities.models import Case
from collaboration import speaking
from expo.models import Exhibitor
from people.models import Participant
from sessions import status
from sessions.models import Edition, Session, Status, Theme
from tests.people.conftest import db  # noqa: F401  (what a test changes is taken back)


@pytest.fixture(scope="module")
def loaded(kept):
    """The demo, loaded once: it takes seconds."""
    with override_settings(DEMO=True):
        call_command("load_demo", verbosity=0)


@pytest.fixture(autouse=True)
def demo(loaded, db, settings):  # noqa: F811
    settings.DEMO = True


def test_it_is_a_congress_around_the_present_moment():
    now = timezone.now()
    sessions = list(Session.objects.select_related("stage__host_city"))
    assert 55 <= len(sessions) <= 70
    live = [one for one in sessions if one.status == Status.LIVE]
    assert {one.stage.host_city.slug for one in live} == {"barcelona", "shanghai", "curitiba"}
    assert all(one.start < now < one.end for one in live)
    assert any(now < one.begins < now + timedelta(minutes=20) for one in sessions)
    assert sum(one.start > now + timedelta(hours=20) for one in sessions) > 10
    assert {"ended", "on_demand", "starting", "delayed", "cancelled"} <= {one.status for one in sessions}
    assert Theme.objects.filter(sessions__isnull=False).distinct().count() == 8
    assert Participant.objects.filter(is_demo=True).count() == 5


def test_no_stage_has_two_sessions_at_once():
    last = {}
    for session in Session.objects.order_by("start"):
        assert last.get(session.stage_id, session.start) <= session.start, session
        last[session.stage_id] = session.finishes


def counts():
    return [model.objects.count() for model in (Edition, Session, Theme, Participant, Message)]


def test_loading_it_again_keeps_what_people_did():
    before = counts()
    live = Session.objects.filter(status=Status.LIVE).first()
    moderator = Participant.objects.get(email="nuria@example.org")
    status.step(live.pk, "pause", moderator)
    Message.send(live, moderator, "Back in five minutes", uuid.uuid4())
    call_command("load_demo", verbosity=0)
    live.refresh_from_db()
    assert live.status == Status.PAUSED
    assert counts() == [*before[:-1], before[-1] + 1]


def test_an_old_demo_moves_to_the_present_and_keeps_its_chat():
    before = counts()
    for session in Session.objects.all():
        session.start -= timedelta(days=3)
        session.end -= timedelta(days=3)
        session.save()
    call_command("load_demo", verbosity=0)
    test_it_is_a_congress_around_the_present_moment()
    assert counts() == before


def test_it_is_refused_outside_demo_mode(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("load_demo")


def test_who_speaks_for_a_city_can_take_a_case_over(client):
    """The README says so of Jonas: his organisation needs the profile of a city."""
    jonas = Participant.objects.get(email="jonas@example.org")
    client.force_login(jonas, backend="django.contrib.auth.backends.ModelBackend")
    case = Case.objects.public().filter(replications__isnull=True).first()
    assert "We are interested" in client.get(case.get_absolute_url()).text
    cities = [str(city) for city in speaking.cities(jonas)]
    assert client.post(f"/cases/{case.pk}/replicate/", {"city": speaking.cities(jonas)[0].pk}).status_code == 302
    assert cities == ["Malmö"] and case.replications.count() == 1


def test_who_one_can_enter_as_is_named_in_words(client):
    """Every role has a name for people: none is its key, and who attends besides is not said."""
    page = client.get("/people/enter/").text
    shown = {
        name: [role.strip() for role in roles.split("·")]
        for name, roles in re.findall(r"<strong>([^<]+)</strong>\s*<span>([^<]*)</span>", page)
    }
    assert shown["Núria Serra"] == ["Moderator", "Chair of the jury"]
    assert shown["Li Ming 李明"] == ["Speaker", "Judge"]
    assert shown["Amara Okafor"] == ["Attendee"]


def test_the_ring_of_the_tour_reaches_who_staffs_that_stand():
    """The README rings the City of Tampere as Amara, and takes the ring as Jonas."""
    team = Exhibitor.objects.get(name="City of Tampere").team.filter(participant__email="jonas@example.org")
    assert team.exists()
