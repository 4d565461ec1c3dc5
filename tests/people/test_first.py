"""The first organiser of a new installation: by a link that opens once, within a day, while there is nobody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from people import first
from people.models import AuditEntry, FirstLink, Participant, Role
from people.refusal import Refused
from tests import servers
from tests.programs import first as programs
from tests.shell import Shell

PATH = "/people/first/"


@pytest.fixture(autouse=True)
def empty(db):
    """An installation in which nobody is."""
    cache.clear()
    assert not Participant.objects.exists()


def sign_up(token, email="Ada@Example.org", name="Ada", client=None):
    return (client or Client()).post(PATH, {"token": token, "name": name, "email": email})


def test_whoever_has_the_address_becomes_the_first_organiser_and_makes_an_edition(capsys):
    call_command("first_organiser")
    address = capsys.readouterr().out.strip()
    path, _hash, token = address.partition("#")
    assert path.endswith(PATH) and len(token) > 40
    client = Client()
    page = client.get(PATH)
    assert page.status_code == 200 and token not in page.text and page.headers["Referrer-Policy"] == "same-origin"
    assert sign_up(address, client=client).headers["Location"] == "/"  # the whole address, as somebody pastes it
    ada = Participant.objects.get()
    assert (ada.email, ada.is_superuser, ada.has_usable_password()) == ("ada@example.org", True, False)
    assert client.session["_auth_user_id"] == str(ada.pk)
    assert "New edition" in client.get("/").text and client.get(reverse("planning:create")).status_code == 200
    assert AuditEntry.objects.get().action == "platform.begin"


def test_the_token_is_kept_as_a_hash_only():
    token = first.make()
    assert token not in str(list(FirstLink.objects.values()))


def test_it_opens_once_and_a_second_person_is_refused():
    token, another = first.make(), first.make()
    assert sign_up(token).status_code == 302
    for each in (token, another):
        assert sign_up(each, "mallory@example.org").status_code == 404
        with pytest.raises(Refused):
            first.begin(each, "Mallory", "mallory@example.org")
    assert Client().get(PATH).status_code == 404 and Participant.objects.count() == 1
    Participant.objects.update(is_active=False)  # nobody is there any more: a new link is needed
    assert sign_up(token, "mallory@example.org").status_code == 403
    assert sign_up(another, "mallory@example.org").status_code == 403
    assert Participant.objects.count() == 1


def test_it_ends_after_a_day():
    token = first.make()
    FirstLink.objects.update(expires_at=FirstLink.objects.get().expires_at - first.LIFETIME)
    answer = sign_up(token)
    assert answer.status_code == 403 and "not valid" in answer.text and 'value="Ada@Example.org"' in answer.text
    assert not Participant.objects.exists()
    assert timedelta(hours=24) == first.LIFETIME


@pytest.mark.parametrize("token", ["", "x", "x" * 400, "é", "#", "\x00"])
def test_no_other_token_opens_it(token):
    first.make()
    assert sign_up(token).status_code in (403, 422) and not Participant.objects.exists()


@pytest.mark.parametrize(("name", "email"), [("", "a@example.org"), ("\u2800", "a@example.org"), ("Ada", "nobody")])
def test_what_is_wrong_is_said_and_the_link_is_not_used_up(name, email):
    token = first.make()
    answer = sign_up(token, email, name)
    assert answer.status_code == 422 and token in answer.text and "refusal" in answer.text
    assert sign_up(token).status_code == 302


def test_nobody_takes_over_somebody_elses_address():
    Participant.objects.create_user("ada@example.org", name="An attendee")
    token = first.make()
    assert sign_up(token).status_code == 409 and not Participant.objects.filter(is_superuser=True).exists()
    assert sign_up(token, "other@example.org").status_code == 302


@pytest.mark.parametrize("there", ["operator", "organiser", "demo"])
def test_it_is_for_new_installations_only(there, settings):
    token = first.make()
    if there == "demo":
        settings.DEMO = True
    elif there == "operator":
        Participant.objects.create_superuser("root@example.org", name="Root")
    else:
        helena = Participant.objects.create_user("helena@example.org", name="Helena")
        Role.objects.create(participant=helena, name="organiser", scope="edition:1")
    before = Participant.objects.count()
    assert Client().get(PATH).status_code == 404 and sign_up(token).status_code == 404
    with pytest.raises(CommandError):
        call_command("first_organiser")
    with pytest.raises(Refused):
        first.begin(token, "Ada", "ada@example.org")
    assert Participant.objects.count() == before


def test_tries_are_limited():
    first.make()
    answers = [sign_up("x").status_code for _ in range(31)]
    assert set(answers[:30]) == {403} and answers[-1] == 429


def test_of_two_who_come_at_once_by_two_links_one_is_first(postgres_url):
    with servers.folder() as home:
        shell = Shell(servers.environment(home, DATABASE_URL=servers.new_database(postgres_url)))
        try:
            tokens = shell.call(programs.links, {"count": 2})
            with ThreadPoolExecutor(2) as threads:
                done = list(threads.map(lambda token: shell.call(programs.begin, {"token": token}), tokens))
            count = shell.call(programs.count, {})
        finally:
            shell.stop()
    assert sorted(done) == [False, True] and count == 1
