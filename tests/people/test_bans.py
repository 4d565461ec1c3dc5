"""A ban outlives the account: whoever comes again by the same address, ticket or sign-in service is still banned."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from people import account, bans
from people.models import AuditEntry, Ban, BanMark, Participant, Registration
from people.permissions import can
from registration import decisions, registrations
from registration.imports.applying import Ticket, apply
from registration.invitations import invite
from sessions.models import Edition, HostCity, Session
from tests import world

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def edition(place):
    return Edition.objects.get(pk=place["edition"])


@pytest.fixture
def organiser(place):
    return Participant.objects.get(pk=place["people"]["organiser"])


@pytest.fixture
def gone(place):
    """The address and the ticket of the banned attendee, whose account is deleted."""
    who = Participant.objects.get(pk=place["people"]["banned"])
    SocialAccount.objects.create(user=who, provider="sso", uid="77")
    known = who.email, who.registrations.get().ticket
    account.delete(who)
    return known


def brought(edition, ticket, email):
    apply(edition, [Ticket(1, ticket, email, "Same", "online", False, {})], False)
    return Participant.objects.get(email=email)


def refusal(place, scope, until=None):
    """What the session page says to an attendee who is banned from `scope`."""
    who = Participant.objects.get(pk=place["people"]["attendee"])
    Ban.objects.create(participant=who, scope=scope.format(**place), reason="Noise", until=until)
    client = Client()
    client.force_login(who)
    answer = client.get(f"/sessions/{place['session']}/")
    assert answer.status_code == 403
    return answer.text


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        ("session:{session}", "banned from this session"),
        ("stage:{stage}", "banned from this stage"),
        ("edition:{edition}", "banned from this congress"),
    ],
)
def test_the_refusal_says_from_what_and_where_else_to_go(place, scope, told):
    text = refusal(place, scope)
    assert told in text and "Noise" in text and ("To the programme" in text) == (scope != "edition:{edition}")


def test_the_refusal_gives_the_end_on_the_citys_clocks(place, edition):
    world.build()  # another edition of today: the page is of the session's all the same
    HostCity.objects.filter(pk=edition.host_city_id).update(timezone="Asia/Kathmandu", name="Patan")
    until = datetime(2099, 1, 1, 18, 30, tzinfo=UTC)
    text = refusal(place, "session:{session}", until)
    assert "2 Jan 2099 00:15 in Patan" in text and f'data-local="{until.isoformat()}"' in text


def test_of_two_bans_the_one_without_end_is_told(place):
    who = Participant.objects.get(pk=place["people"]["attendee"])
    Ban.objects.create(participant=who, scope=f"session:{place['session']}", reason="For good")
    assert "For good" in refusal(place, "stage:{stage}", timezone.now() + timedelta(days=1))


def by_import(edition, organiser, email, ticket):
    return brought(edition, "another", email)


def by_ticket(edition, organiser, email, ticket):
    return brought(edition, ticket, "new@example.org")


def by_invitation(edition, organiser, email, ticket):
    return invite(edition, email.upper(), "", "attendee", edition.room_key, organiser).participant


def by_corrected_ticket(edition, organiser, email, ticket):
    who = Participant.objects.create_user("new@example.org", name="New")
    found = registrations.add(edition, who, "online", "another", organiser)
    registrations.change(found, "online", ticket, organiser)
    return who


def by_service(edition, organiser, email, ticket):
    who = Participant.objects.create_user("new@example.org", name="New")
    SocialAccount.objects.create(user=who, provider="sso", uid="77")
    return who


@pytest.mark.parametrize("come", [by_import, by_ticket, by_corrected_ticket, by_invitation, by_service])
def test_a_ban_follows(place, edition, organiser, gone, come):
    again = come(edition, organiser, *gone)
    assert not can(again, "chat.send", Session.objects.get(pk=place["session"]))
    assert again.bans.standing().get().scope == f"edition:{edition.pk}"
    assert AuditEntry.objects.get(action="ban.renew").participant_id == again.pk


def test_others_are_not_banned(place, edition, organiser, gone):
    other = by_import(edition, organiser, "other@example.org", "")
    assert can(other, "chat.send", Session.objects.get(pk=place["session"]))


def test_nothing_personal_stays(place, gone):
    email, ticket = gone
    kept = "".join(BanMark.objects.values_list("mark", flat=True))
    assert len(kept) == 3 * 64 and email not in kept and ticket not in kept
    who = Participant.objects.get(pk=place["people"]["banned"])
    assert who.email is None and not Registration.objects.filter(participant=who).exists()


def test_it_follows_again_and_again_to_any_account(edition, organiser, gone):
    account.delete(by_ticket(edition, organiser, *gone))
    assert by_import(edition, organiser, *gone).bans.standing().exists()
    assert by_ticket(edition, organiser, *gone).bans.standing().exists()


def test_it_ends_with_the_ban(edition, organiser, gone):
    first, second = by_import(edition, organiser, *gone), by_ticket(edition, organiser, *gone)
    decisions.lift(first.bans.standing().get(), organiser)
    assert not Ban.objects.standing().filter(participant__in=[first, second]).exists()
    assert not BanMark.objects.exists()


def test_its_end_is_kept_and_the_marks_go_with_it(edition, organiser, gone):
    until = timezone.now() + timedelta(hours=1)
    again = by_import(edition, organiser, *gone)
    decisions.ban(edition, again, "Still shouting", until, organiser)
    account.delete(again)
    assert by_import(edition, organiser, *gone).bans.standing().get().until == until
    Ban.objects.filter(until=until).update(until=timezone.now())
    bans.purge()
    assert not BanMark.objects.exists()
