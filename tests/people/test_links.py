"""Whom a join link is shown to: nobody becomes somebody else by running an edition."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import joining
from people.models import AuditEntry, JoinLink, Participant, Registration, Role
from people.refusal import Refused
from registration.imports.applying import Ticket, apply
from sessions.models import Edition
from tests import world

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def organiser(place):
    client = Client()
    client.force_login(Participant.objects.get(pk=place["people"]["organiser"]))
    return client


def invite(organiser, place, email="new@example.org", role="attendee", **data):
    data = {"email": email, "role": role, "scope": f"edition:{place['edition']}"} | data
    return organiser.post(reverse("registration:invite", args=[place["slug"]]), data)


def link_page(organiser, place, participant, **data):
    return organiser.post(reverse("registration:links", args=[place["slug"], participant.pk]), data)


def token_in(text):
    found = re.search(r"/people/join/#([\w:-]+)", text)
    return found and found[1]


def opens(token, client=None):
    client = client or Client()
    answer = client.post(reverse("people:join"), {"token": token, "go": "1"})
    return answer.status_code == 302


def newcomer(place, **fields):
    made = Participant.objects.create_user("mona@example.org", name="Mona", **fields)
    Registration.objects.create(
        participant=made, scope=f"edition:{place['edition']}", pass_type="online", ticket=f"T{made.pk}"
    )
    return made


def elsewhere(who, kind):
    other = world.build()
    if kind == "organiser":
        Role.objects.create(participant=who, name="organiser", scope=f"edition:{other['edition']}")
    elif kind == "invited":
        Role.objects.create(participant=who, name="attendee", scope=f"session:{other['session']}")
    else:
        Registration.objects.create(participant=who, scope=f"edition:{other['edition']}", pass_type="press", ticket="x")


def test_the_link_of_a_newcomer_is_shown_and_brings_them_in(place, organiser):
    token = token_in(invite(organiser, place).text)
    assert token and opens(token) and not mail.outbox
    assert JoinLink.objects.get().shown_for == [f"edition:{place['edition']}"]


@pytest.mark.parametrize("kind", ["organiser", "invited", "registered"])
def test_nobody_of_another_edition_is_taken_over_by_an_invitation(place, organiser, kind):
    victim = Participant.objects.create_user("boss@example.org", name="Boss")
    elsewhere(victim, kind)
    answer = invite(organiser, place, "BOSS@example.org")
    again = link_page(organiser, place, victim)
    for page in (answer, again):
        assert page.status_code == 200 and token_in(page.text) is None and "<svg" not in page.text.partition("<main")[2]
    assert [one.to for one in mail.outbox] == [["boss@example.org"]] * 2 and opens(token_in(mail.outbox[0].body))


@pytest.mark.parametrize("role", ["speaker", "moderator", "organiser"])
@pytest.mark.parametrize("known", [True, False])
def test_links_of_people_with_rights_are_mailed_only(place, organiser, role, known):
    who = place["people"]["moderator"] if known else None
    email = Participant.objects.get(pk=who).email if who else "new@example.org"
    assert token_in(invite(organiser, place, email, role).text) is None
    assert mail.outbox[0].to == [email]


def test_links_of_those_who_have_signed_in_are_mailed_only(place, organiser):
    who = newcomer(place, last_login=timezone.now())
    page = link_page(organiser, place, who)
    assert token_in(page.text) is None and len(mail.outbox) == 1
    assert "New join link" not in page.text and "New link by e-mail" in page.text


def test_what_is_mailed_is_not_shown(place, organiser):
    who = newcomer(place)
    assert token_in(link_page(organiser, place, who, send="1").text) is None
    assert len(mail.outbox) == 1 and JoinLink.objects.get().shown_for is None


def test_nothing_is_sent_to_who_has_no_address(place, organiser):
    who = newcomer(place, last_login=timezone.now())
    Participant.objects.filter(pk=who.pk).update(email=None)
    assert link_page(organiser, place, who).status_code == 409 and not JoinLink.objects.exists()


@pytest.mark.parametrize("kind", ["organiser", "invited", "registered", "signed in"])
def test_a_link_that_was_shown_stops_once_the_person_is_more(place, organiser, kind):
    who = newcomer(place)
    token = token_in(link_page(organiser, place, who).text)
    if kind == "signed in":
        Client().force_login(who)
    else:
        elsewhere(who, kind)
    with pytest.raises(Refused):
        joining.read(token)
    assert not opens(token)


@pytest.mark.parametrize("kind", ["organiser", "invited", "registered", "imported", "operator"])
def test_a_sign_in_by_a_shown_link_ends_when_the_person_is_more(place, organiser, kind):
    who, thief = newcomer(place), Client()
    assert opens(token_in(link_page(organiser, place, who).text), thief)
    assert thief.post(reverse("people:handover")).status_code == 403, "it makes no other sign-in"
    assert thief.get(reverse("people:account")).status_code == 200
    Role.objects.create(participant=who, name="attendee", scope=f"session:{place['session']}")
    assert thief.get(reverse("people:account")).status_code == 200, "more of the same edition changes nothing"
    if kind == "imported":
        ticket = Ticket(1, "B1", str(who.email), who.name, "online", False, {})
        apply(Edition.objects.get(pk=world.build()["edition"]), [ticket], False)
    elif kind == "operator":
        who.is_staff = who.is_superuser = True
        who.save()
    else:
        elsewhere(who, kind)
    assert thief.get(reverse("people:account")).status_code == 302


def test_who_becomes_an_operator_keeps_no_sign_in_link_or_service(place):
    who, client = newcomer(place), Client()
    client.force_login(who)
    link = joining.make(who, "/", None)
    SocialAccount.objects.create(user=who, provider="sso", uid="7")
    who.refresh_from_db()
    who.is_staff = who.is_superuser = True
    who.save()
    link.refresh_from_db()
    assert client.get("/admin/").status_code == 302 and link.revoked_at and not SocialAccount.objects.exists()
    client.force_login(who)
    who.save()
    assert client.get("/admin/").status_code == 200, "later changes sign nobody out"


def test_the_persons_own_sign_in_ends_the_one_by_a_shown_link(place, organiser):
    who, thief, own = newcomer(place), Client(), Client()
    assert opens(token_in(link_page(organiser, place, who).text), thief)
    own.force_login(who)
    assert thief.get(reverse("people:account")).status_code == 302
    assert own.get(reverse("people:account")).status_code == 200


def test_links_are_on_record(place, organiser):
    who = newcomer(place)
    link_page(organiser, place, who)
    link = JoinLink.objects.get()
    link_page(organiser, place, who, revoke=str(link.pk))
    told = AuditEntry.objects.filter(participant_id=who.pk).order_by("pk").values_list("action", "details")
    assert list(told) == [
        ("link.make", {"link": str(link.pk), "mailed": False}),
        ("link.revoke", {"link": str(link.pk)}),
    ]
