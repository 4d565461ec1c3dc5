"""What sign-ins leave behind: sessions of codes, rows of devices, lines in logs."""

import logging
import smtplib
import sys
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from hybrid.logs import Discreet
from people import account, devices
from people.models import Participant
from tests.people.test_signin import address_of, ask, code, type_in

pytestmark = pytest.mark.usefixtures("db")


def lifetime(client):
    """How long a client's session is kept from now."""
    return Session.objects.get(session_key=client.session.session_key).expire_date - timezone.now()


@pytest.mark.parametrize("email", ["registered", "nobody@example.org"])
def test_a_session_that_waits_for_a_code_ends_with_it(place, email):
    client = Client()
    ask(client, address_of(place) if email == "registered" else email)
    assert lifetime(client) <= timedelta(minutes=10)


def test_who_has_typed_it_stays_signed_in(place):
    client = Client()
    ask(client, address_of(place))
    type_in(client, code())
    assert client.session["_auth_user_id"] and lifetime(client) > timedelta(days=13)


def test_deletion_ends_the_sessions_that_wait_for_a_code(place):
    mine, others = Client(), Client()
    ask(mine, address_of(place).upper())
    ask(others, address_of(place, "speaker"))
    keys = [client.session.session_key for client in (mine, others)]
    account.delete(Participant.objects.get(pk=place["people"]["attendee"]))
    assert list(Session.objects.filter(session_key__in=keys).values_list("session_key", flat=True)) == keys[1:]


def test_devices_go_with_their_sign_ins(place):
    stays, gone = Client(), Client()
    for client in (stays, gone):
        client.force_login(Participant.objects.get(pk=place["people"]["attendee"]))
    UserSession.objects.update(created_at=timezone.now() - timedelta(days=15))
    Session.objects.filter(session_key=gone.session.session_key).update(expire_date=timezone.now())
    devices.purge()
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [stays.session.session_key]


def test_a_mail_that_is_refused_leaves_no_address_in_the_log(place, monkeypatch, caplog):
    email = address_of(place)
    error = smtplib.SMTPRecipientsRefused({email: (550, f"no {email} here".encode())})
    monkeypatch.setattr(EmailBackend, "send_messages", lambda *_: (_ for _ in ()).throw(error))
    ask(Client(), email)
    assert "SMTPRecipientsRefused" in caplog.text and email not in caplog.text and not mail.outbox


@pytest.mark.parametrize(
    "text",
    [
        "Not Found: /people/?q=zoe@example.org&page=2",
        "Key (email)=(zoe@example.org) already exists.",
        "zoé.o'neil+x@exämple.org and <zoe@example.org>",
        "GET /x?q=zoe%40example.org HTTP/1.1",
        "redis://:zoe@localhost:6379",
    ],
)
def test_no_log_line_has_an_address_or_a_query(text):
    try:
        raise ValueError(text)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "%s", (text,), sys.exc_info())
    line = Discreet("%(message)s").format(record)
    assert "zo" not in line.replace("raise ValueError(text)", "") and "Traceback" in line


def test_the_log_of_the_installation_is_discreet():
    from hybrid import settings

    assert settings.LOGGING["formatters"]["line"]["()"] == "hybrid.logs.Discreet"
