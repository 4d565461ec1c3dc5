"""The people page over HTTP: what organisers' writes change, what they are refused, and what the export has."""

import csv
import io

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from people import joining
from people.models import AuditEntry, Participant, Registration, Role
from people.permissions import can
from sessions.models import Session
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(place):
    client = Client()
    client.cookies["sessionid"] = place["cookies"]["organiser"]
    return client


def of(place, name, role=None):
    return reverse(f"registration:{name}", args=[place["slug"], *([place["people"][role]] if role else [])])


def may(place, role, action):
    return can(Participant.objects.get(pk=place["people"][role]), action, Session.objects.get(pk=place["session"]))


def test_a_role_is_given_and_taken(place, organiser):
    scope = f"session:{place['session']}"
    assert not may(place, "outsider", "chat.remove")
    Registration.objects.create(
        participant_id=place["people"]["outsider"], scope=f"edition:{place['edition']}", pass_type="press", ticket="T"
    )
    organiser.post(of(place, "roles", "outsider"), {"role": "moderator", "scope": scope})
    assert may(place, "outsider", "chat.remove")
    role = Role.objects.get(participant=place["people"]["outsider"])
    organiser.post(of(place, "roles", "outsider"), {"take": role.pk})
    assert not may(place, "outsider", "chat.remove")
    told = AuditEntry.objects.filter(participant_id=place["people"]["outsider"]).values_list("action", "scope", "by_id")
    by = place["people"]["organiser"]
    assert list(told) == [("role.take", scope, by), ("role.give", scope, by)]


def test_ones_own_role_as_organiser_stays(place, organiser):
    role = Role.objects.get(participant=place["people"]["organiser"])
    answer = organiser.post(of(place, "roles", "organiser"), {"take": role.pk})
    assert answer.status_code == 409 and may(place, "organiser", "session.access")


@pytest.mark.parametrize("kind", ["edition", "stage", "session"])
def test_nothing_of_another_edition_is_given_or_taken(place, organiser, kind):
    other = world.build()
    scope, before = f"{kind}:{other[kind]}", Role.objects.count()
    given = organiser.post(of(place, "roles", "attendee"), {"role": "moderator", "scope": scope})
    invited = organiser.post(
        of(place, "invite"), {"email": "new@example.org", "name": "New", "role": "speaker", "scope": scope}
    )
    assert (given.status_code, invited.status_code) == (422, 422) and Role.objects.count() == before
    assert not Participant.objects.filter(email="new@example.org").exists()
    theirs = Role.objects.create(participant_id=place["people"]["attendee"], name="moderator", scope=scope)
    assert organiser.post(of(place, "roles", "attendee"), {"take": theirs.pk}).status_code == 409
    assert Role.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("data", [{"role": "guest"}, {"role": "operator"}, {"role": ""}, {"scope": "x"}, {"scope": ""}])
def test_a_role_that_there_is_not_is_refused(place, organiser, data):
    before = Role.objects.count()
    sent = {"role": "speaker", "scope": f"session:{place['session']}"} | data
    assert organiser.post(of(place, "roles", "attendee"), sent).status_code == 422
    assert Role.objects.count() == before


@pytest.mark.parametrize(("role", "send"), [("attendee", False), ("attendee", True), ("speaker", False)])
def test_an_invitation_gives_the_role_and_a_way_in(place, organiser, role, send):
    data = {"email": "New@Example.org", "name": "Noor", "role": role, "scope": f"session:{place['session']}"}
    answer = organiser.post(of(place, "invite"), data | ({"send": "on"} if send else {}))
    who = Participant.objects.get(email="new@example.org")
    assert answer.status_code == 200 and list(who.roles.values_list("name", "scope")) == [(role, data["scope"])]
    link = who.join_links.get()
    token = joining.token_of(link)
    mailed = send or role == "speaker"  # whose links are shown to nobody else
    assert link.path == f"/sessions/{place['session']}/" and (token in answer.text) is not mailed
    assert [(one.to, token in one.body) for one in mail.outbox] == ([(["new@example.org"], True)] if mailed else [])


def test_a_new_link_is_sent_when_that_is_asked_for(place, organiser):
    for data, sent in (({}, 0), ({"send": "1"}, 1)):
        organiser.post(of(place, "links", "attendee"), data)
        assert len(mail.outbox) == sent
    who = Participant.objects.get(pk=place["people"]["attendee"])
    assert mail.outbox[0].to == [who.email]
    assert joining.token_of(who.join_links.latest("made_at")) in mail.outbox[0].body


def exported(client, place, query=""):
    answer = client.get(of(place, "export") + query)
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_export_lists_those_who_match_and_no_others(place, organiser):
    world.build()  # another edition's people
    Registration.objects.create(
        participant_id=place["people"]["outsider"], scope=f"edition:{place['edition']}", pass_type="press", ticket="T"
    )
    rows = {row["name"]: row for row in exported(organiser, place)}
    everybody = Participant.objects.filter(pk__in=place["people"].values())
    assert set(rows) == set(everybody.values_list("name", flat=True))
    assert rows["Outsider"]["passes"] == "Press" and rows["Banned"]["banned"] == "The whole edition"
    assert "Moderator: The whole edition" in rows["Moderator"]["roles"]
    assert [row["name"] for row in exported(organiser, place, "?pass_type=press")] == ["Outsider"]
    assert [row["name"] for row in exported(organiser, place, "?banned=on")] == ["Banned"]
    entry = AuditEntry.objects.filter(action="people.export").last()
    assert entry.by_id == place["people"]["organiser"] and entry.details == {"rows": len(rows)}


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1-A1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_the_export_is_a_formula(place, organiser, cell):
    fields = dict.fromkeys(("name", "organisation", "job_title", "city", "country"), cell)
    Participant.objects.filter(pk=place["people"]["attendee"]).update(**fields)
    Session.objects.filter(pk=place["session"]).update(title=cell)  # the scope of roles
    rows = exported(organiser, place)
    assert f"'{cell}" in [row["name"] for row in rows]
    assert not [value for row in rows for value in row.values() if value.strip().startswith(("=", "+", "-", "@"))]
