"""Web Push, against a push service that answers as we tell it."""

import base64
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from common import clock
from live.models import PRESENCE_LIFETIME, Presence
from live.presence import Reporter
from notices.management.commands.vapid_keys import pair
from notices.models import Notice, Subscription, Wishes
from notices.sending import send
from scheduler import work
from sessions import status
from tests.notices.test_notices import built, delay, organiser, pass_time, session  # noqa: F401  fixtures


class Service:
    """A push service: `status` is what it answers, `taken` what it was sent (headers and body)."""

    def __init__(self):
        self.status, self.taken = 201, []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.taken.append(({name.title(): value for name, value in self.headers.items()}, body))
                self.send_response(service.status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def service(settings):
    made = Service()
    settings.VAPID_PRIVATE_KEY, settings.VAPID_PUBLIC_KEY = pair()
    settings.PUSH_SERVICES = [made.url]
    yield made
    made.server.shutdown()


@pytest.fixture
def device(place, service):  # noqa: F811
    secret = base64.urlsafe_b64encode(b"0123456789abcdef").rstrip(b"=").decode()
    return Subscription.objects.create(
        participant_id=place["people"]["attendee"], endpoint=f"{service.url}/abc", p256dh=pair()[1], auth=secret
    )


def test_a_change_is_pushed_encrypted_with_a_topic_and_an_end(session, organiser, service, device):  # noqa: F811
    delay(session, organiser, 15)
    pass_time()
    (headers, body) = service.taken[0]
    assert len(service.taken) == 1
    assert headers["Topic"] == "changes" and 60 <= int(headers["Ttl"]) <= 24 * 3600
    assert headers["Content-Encoding"] == "aes128gcm" and b"Streets" not in body and "vapid" in headers["Authorization"]
    assert Subscription.objects.exists()


@pytest.mark.parametrize(("status", "stays"), [(201, True), (404, False), (410, False), (429, True), (500, True)])
def test_only_404_and_410_end_a_subscription(session, organiser, service, device, status, stays):  # noqa: F811
    service.status = status
    delay(session, organiser, 15)
    pass_time()
    assert Subscription.objects.exists() == stays and len(service.taken) == 1


def test_a_service_leads_us_nowhere_else(session, organiser, service, device):  # noqa: F811
    service.status = 307
    delay(session, organiser, 15)
    pass_time()
    assert len(service.taken) == 1 and Subscription.objects.exists()


def test_nothing_is_pushed_in_quiet_hours(place, session, organiser, service, device):  # noqa: F811
    now = clock.now()
    hours = {"quiet_from": (now - timedelta(hours=1)).time(), "quiet_until": (now + timedelta(hours=1)).time()}
    Wishes.objects.create(participant=device.participant, **hours)
    type(device.participant).objects.filter(pk=device.participant_id).update(timezone="UTC")
    delay(session, organiser, 15)
    pass_time()
    assert service.taken == []


def test_who_was_sent_it_does_not_get_it_twice(place, session, organiser, service, device):  # noqa: F811
    delay(session, organiser, 15)
    pass_time()
    at = Notice.objects.get(participant=device.participant).at.isoformat()
    send({"people": [device.participant_id], "at": at})
    assert len(service.taken) == 1


def soon(session, device):  # noqa: F811
    """The session begins in five minutes, and the owner of the device is to be told."""
    begin = clock.now() + timedelta(minutes=5)
    type(session).objects.filter(pk=session.pk).update(start=begin, end=begin + timedelta(hours=1))
    Wishes.objects.update_or_create(participant=device.participant, defaults={"quiet_from": None, "quiet_until": None})
    work.start()


def elsewhere(participant, *sessions):
    """Another process reports who follows these sessions there, as each does every second."""
    reporter = Reporter()
    reporter.report({each.room_key: (each.edition.room_key, frozenset({participant})) for each in sessions})
    return reporter


@pytest.mark.parametrize(
    ("follows", "on_air", "pushed"),
    [
        ("nothing", False, 1),
        ("the session itself", False, 0),
        ("another, on air", True, 0),
        ("another, which nobody started", False, 1),  # a page that was left open says nothing
    ],
)
def test_who_watches_on_another_device_is_not_reminded_on_this_one(
    place,  # noqa: F811
    session,  # noqa: F811
    organiser,  # noqa: F811
    service,
    device,
    follows,
    on_air,
    pushed,
):
    other = type(session).objects.get(pk=place["other_session"])
    soon(session, device)
    if on_air:
        for action in ("prepare", "go_live"):
            status.step(other.pk, action, organiser)
    if follows != "nothing":
        elsewhere(device.participant_id, session if follows == "the session itself" else other)
    pass_time()
    assert Notice.objects.filter(participant=device.participant, kind="reminder").count() == 1
    assert len(service.taken) == pushed


@pytest.mark.parametrize("how", ["left", "died", "somebody else"])
def test_who_does_not_watch_any_more_is_reminded(place, session, service, device, how):  # noqa: F811
    soon(session, device)
    whose = place["people"]["moderator"] if how == "somebody else" else device.participant_id
    reporter = elsewhere(whose, session)
    if how == "left":
        reporter.report({})
    elif how == "died":  # without a word: its rows are old
        Presence.objects.update(seen_at=clock.now() - 2 * PRESENCE_LIFETIME)
    pass_time()
    assert len(service.taken) == 1
