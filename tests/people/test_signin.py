"""Signing in: the code by e-mail, and an OpenID provider that runs beside the product."""

import re
import subprocess
import sys
from dataclasses import dataclass

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.registry import registry
from people import adapters, limits, middleware
from people.models import Participant
from tests import servers
from tests.browser_http import Visitor
from tests.programs import people
from tests.shell import Shell


def address_of(place, role="attendee"):
    return Participant.objects.get(pk=place["people"][role]).email


def ask(client, email):
    return client.post(reverse("account_request_login_code"), {"email": email, "next": "/people/account/"}, follow=True)


def code():
    return re.search(r"Your code is (\S+)", mail.outbox[-1].body)[1]


def type_in(client, text):
    return client.post(reverse("account_confirm_login_code"), {"code": text, "next": "/people/account/"})


def test_the_code_signs_in(place):
    client = Client()
    ask(client, address_of(place).upper())
    assert type_in(client, code()).url == "/people/account/"
    assert client.session["_auth_user_id"] == str(place["people"]["attendee"])


def test_nobody_learns_who_is_registered(place):
    pages = []
    for email in (address_of(place), "nobody@example.org"):
        page = ask(Client(), email)
        text = re.sub(r'csrf\S*" value="[^"]+"|[^\s"]*@example.org|"X-CSRFToken": "\w+"', "", page.text)
        pages.append((page.status_code, page.redirect_chain, text))
    assert pages[0] == pages[1]
    assert "Your code" not in mail.outbox[-1].body and "nobody is registered" in mail.outbox[-1].body
    assert not Participant.objects.filter(email="nobody@example.org").exists()


def test_how_long_the_answer_takes_tells_nobody_who_is_registered(place, monkeypatch):
    """Mails are sent after the answer, and one that cannot be sent changes nothing of it."""
    waiting = []
    monkeypatch.setattr(middleware, "_afterwards", lambda response, work: waiting.append(work))
    for email in (address_of(place), "nobody@example.org"):
        ask(Client(), email)
    assert len(waiting) == 2 and not mail.outbox
    monkeypatch.setattr(EmailBackend, "send_messages", lambda *_: (_ for _ in ()).throw(ConnectionRefusedError()))
    for work in waiting:
        work()


def test_the_same_work_is_done_for_who_is_registered_and_who_is_not(place, monkeypatch):
    """Also the second time, when a stranger is not written to."""
    rendered, counted = [], []
    monkeypatch.setattr(middleware, "_afterwards", lambda response, work: work())
    keep = adapters.AccountAdapter.render_mail
    monkeypatch.setattr(
        adapters.AccountAdapter, "render_mail", lambda self, *args: rendered.append(1) or keep(self, *args)
    )
    monkeypatch.setattr(
        adapters, "retry_after", lambda action, who: counted.append(action) or limits.retry_after(action, who)
    )
    work = []
    for email in (address_of(place), "nobody@example.org"):
        for _time in range(2):
            rendered.clear(), counted.clear()
            with CaptureQueriesContext(connection) as queries:
                Client().post(reverse("account_request_login_code"), {"email": email})
            work.append((len(queries), len(rendered), list(counted)))
    assert work[0][1:] == (1, ["people.stranger", "people.strangers"]) and set(map(str, work)) == {str(work[0])}


def test_a_new_address_starts_anew_and_the_old_code_is_over(place):
    client = Client()
    ask(client, "mistyped@example.org")
    page = ask(client, address_of(place))
    assert address_of(place) in page.text and "mistyped" not in page.text
    assert type_in(client, code()).url == "/people/account/"


def test_every_waiting_state_has_a_way_out(place):
    client = Client()
    page = ask(client, address_of(place))
    anew = reverse("account_request_login_code")
    assert f'href="{anew}?anew=1"' in page.text and 'value="resend"' in page.text
    assert client.get(anew).status_code == 302  # who comes back goes on where they were
    assert 'name="email"' in client.get(anew, {"anew": "1"}).text
    first = code()
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    assert len(mail.outbox) == 2 and code() != first
    assert type_in(client, first).status_code == 200 and "_auth_user_id" not in client.session
    assert type_in(client, code()).url == "/people/account/"


def test_sending_again_is_limited_like_asking(place, one_window):
    client = Client()
    ask(client, address_of(place))
    for _ in range(3):
        ask(Client(), address_of(place))
    sent = len(mail.outbox)
    page = client.post(reverse("account_confirm_login_code"), {"action": "resend"}, follow=True)
    assert len(mail.outbox) == sent and "Wait a minute" in page.text


@pytest.mark.parametrize("dressed", [
    lambda code: "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in code),
    lambda code: "\u200b" + code + "\ufeff",
    lambda code: f" {code.lower()} ",
])  # fmt: skip
def test_a_code_is_the_code_however_it_is_typed(place, dressed):
    client = Client()
    ask(client, address_of(place))
    assert type_in(client, dressed(code())).url == "/people/account/"


def test_an_address_that_an_operator_changed_signs_in_no_more(place):
    who = Participant.objects.get(pk=place["people"]["attendee"])
    old, boss = str(who.email), Participant.objects.create_superuser("boss@example.org", name="Boss")
    EmailAddress.objects.create(user=who, email=old, verified=True, primary=True)  # as single sign-on makes it
    form = {"name": who.name, "visibility": "full", "joined_at_0": "2026-01-01", "joined_at_1": "00:00"}
    form |= {"roles-TOTAL_FORMS": "0", "roles-INITIAL_FORMS": "0", "is_active": "on", "email": "New@Example.org"}
    admin = Client()
    admin.force_login(boss)
    assert admin.post(reverse("admin:people_participant_change", args=[who.pk]), form).status_code == 302
    who.refresh_from_db()
    assert who.email == "new@example.org"
    ask(Client(), old)
    assert "Your code" not in mail.outbox[-1].body


def test_three_wrong_codes_end_the_try(place):
    client = Client()
    ask(client, address_of(place))
    right = code()
    for _ in range(3):
        type_in(client, "WRONG1")
    type_in(client, right)
    assert "_auth_user_id" not in client.session


def test_a_code_of_another_browser_opens_nothing(place):
    victim, thief = Client(), Client()
    ask(victim, address_of(place))
    ask(thief, address_of(place, "organiser"))
    type_in(thief, re.search(r"Your code is (\S+)", mail.outbox[0].body)[1])
    assert "_auth_user_id" not in thief.session


@pytest.fixture
def one_window(monkeypatch):
    """Limits whose time does not end during a test."""
    for name in ("people.code", "people.stranger", "people.strangers"):
        monkeypatch.setitem(registry.limits, name, (registry.limits[name][0], 10**9))


def test_an_address_is_not_flooded_with_codes(place, one_window):
    for _ in range(6):
        ask(Client(), address_of(place))
    assert len(mail.outbox) == 3


def ask_from(place, email):
    return Client(REMOTE_ADDR=place).post(reverse("account_request_login_code"), {"email": email})


@pytest.mark.parametrize(
    ("elsewhere", "same"), [("203.0.113.9", "203.0.113.9"), ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2")]
)
def test_nobody_is_locked_out_from_elsewhere(place, one_window, elsewhere, same):
    for _ in range(9):
        told = ask_from(elsewhere, address_of(place))
    assert len(mail.outbox) == 3 and told.status_code == 200 and "Too many" in told.text
    assert ask_from(same, address_of(place)).status_code == 200
    assert ask_from("198.51.100.7", address_of(place)).status_code == 302 and len(mail.outbox) == 4


def test_strangers_get_one_mail_and_one_place_sends_few(place, one_window, monkeypatch):
    monkeypatch.setitem(registry.limits, "people.strangers", (3, 10**9))
    answers = [ask_from(f"203.0.113.{n}", "stranger@example.org") for n in range(5)]
    assert len(mail.outbox) == 1 and {answer.status_code for answer in answers} == {302}
    answers = [ask_from("198.51.100.7", f"s{n}@example.org") for n in range(5)]
    assert len(mail.outbox) == 4 and {answer.status_code for answer in answers} == {302}


def test_guests_and_the_deleted_get_no_code(place):
    Participant.objects.filter(pk=place["people"]["attendee"]).update(is_active=False)
    ask(Client(), f"attendee-{place['slug'].removeprefix('test-')}@example.org")
    assert "Your code" not in mail.outbox[-1].body


@pytest.fixture(scope="module")
def provider(request):
    """A running provider: the product's settings for it, and the product's port; see `sign_on`."""
    port, product = servers.free_port(), servers.free_port()
    callback = f"http://localhost:{product}/people/sso/sso/callback/"
    with servers.folder() as home:
        log = home / "provider.log"
        command = [sys.executable, "-m", "tests.people.provider", str(port), callback, request.param, str(home)]
        with open(log, "wb") as out:
            env = servers.environment(home, OAUTHLIB_INSECURE_TRANSPORT="1")
            provider = subprocess.Popen(command, cwd=servers.ROOT, stdout=out, stderr=out, env=env)
        try:
            servers.wait_until(lambda: servers.answers(port), provider, log)
            oidc = {
                "OIDC_SERVER": f"http://localhost:{port}/o",
                "OIDC_CLIENT_ID": "congress",
                "OIDC_CLIENT_SECRET": "a secret of the test",
                "OIDC_NAME": "City Hall",
                "HYBRID_DEMO": "1",  # cookies without TLS
            }
            yield oidc, product
        finally:
            servers.stop(provider)


@dataclass
class SignOn:
    """A product that trusts a provider."""

    url: str
    shell: Shell

    def call(self, program, **values):
        return self.shell.call(program, values)


@pytest.fixture
def sign_on(provider):
    """A product server of each test's own, and the provider it trusts."""
    oidc, port = provider
    with servers.app_server(oidc, port=port, fork=True) as app:
        shell = Shell(app.env)
        yield SignOn(app.url, shell)
        shell.stop()


def confirmed(*words):
    """Tests with a provider that says so of its addresses."""
    return pytest.mark.parametrize("provider", words, indirect=True, scope="module")


def sign_in(app):
    """A browser's way through both; the last answer."""
    browser = Visitor()
    page = browser.get(f"{app.url}/people/enter/")
    assert "Sign in with City Hall" in page.text
    answer = browser.post(f"{app.url}/people/sso/sso/?next=/people/account/", csrf(page))
    return browser, answer


@confirmed("yes")
def test_single_sign_on_makes_one_participant_and_finds_the_imported_one(sign_on):
    browser, answer = sign_in(sign_on)
    assert answer.url == f"{sign_on.url}/people/account/", answer.text[:500]
    account = browser.get(f"{sign_on.url}/people/account/").text
    assert "Ada Colau" in account and "ada@example.org" in account
    first = sign_on.call(people.accounts)
    sign_in(sign_on)
    assert sign_on.call(people.accounts) == first
    assert [email for _pk, email, _name in first] == ["ada@example.org"]


@confirmed("yes")
def test_a_service_is_not_tied_to_the_account_of_somebody_who_is_signed_in(sign_on):
    """Whoever saw a join link could keep the account for good."""
    token = sign_on.call(people.token_to_account, email="victim@example.org")
    browser = Visitor()
    page = browser.get(f"{sign_on.url}/people/join/")
    page = browser.post(f"{sign_on.url}/people/join/", {"token": token, "go": "1", **csrf(page)})
    assert "victim@example.org" in page.text
    answer = browser.post(f"{sign_on.url}/people/sso/sso/?process=connect&next=/people/account/", csrf(page))
    assert answer.status_code == 404 and "cannot be added" in answer.text
    assert sign_on.call(people.accounts_of_services) == 0


def csrf(page):
    return {"csrfmiddlewaretoken": re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)[1]}


@confirmed("no", "false")
def test_an_unconfirmed_address_takes_nobodys_account_and_makes_none(sign_on):
    browser, answer = sign_in(sign_on)
    assert answer.status_code == 409 and "Sign in with a code by e-mail" in answer.text
    assert sign_on.call(people.accounts) == [] and sign_on.call(people.addresses) == 0
    sign_on.call(people.create, email="ada@example.org", name="The real Ada")
    browser, answer = sign_in(sign_on)
    assert answer.status_code == 409 and "did not confirm" in answer.text
    assert browser.get(f"{sign_on.url}/people/account/").url.startswith(f"{sign_on.url}/people/enter/")


@confirmed("yes")
def test_operators_are_not_signed_in_by_a_service(sign_on):
    sign_on.call(people.create_operator, email="ada@example.org", name="Ada")
    browser, answer = sign_in(sign_on)
    assert answer.status_code == 403 and "Operators sign in with a code" in answer.text
    assert browser.get(f"{sign_on.url}/people/account/").url.startswith(f"{sign_on.url}/people/enter/")
    assert sign_on.call(people.accounts_of_services) == 0
