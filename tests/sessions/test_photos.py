"""Photos of speakers whose addresses an imported schedule gives: fetched once, from public networks only."""

import json
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from common import fetching
from scheduler.models import Job
from sessions.models import Edition, Speaker, SpeakerPhoto
from sessions.schedule import parse, photos
from sessions.schedule.importer import apply
from tests import pictures, world

pytestmark = pytest.mark.django_db


class Answers(BaseHTTPRequestHandler):
    """A server of pictures that notes what it was asked for."""

    def __init__(self, asked, *args):
        self.asked = asked
        super().__init__(*args)

    def do_GET(self):  # noqa: N802
        self.asked.append(self.path)
        body = {"/ada.png": pictures.png(), "/text.png": b"no picture"}.get(self.path)
        self.send_response(200 if body else 404)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args):
        pass


@contextmanager
def serving():
    """(address, what was asked for)."""
    asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Answers, asked))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def edition():
    return Edition.objects.get(pk=world.build()["edition"])


@pytest.fixture
def public(monkeypatch):
    """This machine counts as a public network."""
    monkeypatch.setattr(fetching, "_is_public", lambda address: True)


def imported(edition, base, *avatars):
    """Import a session with a speaker for each of these addresses."""
    persons = [{"guid": f"p{n}", "name": f"Person {n}", "avatar": avatar} for n, avatar in enumerate(avatars)]
    talk = {"guid": "t1", "title": "A talk", "date": "2026-11-03T10:00:00+01:00", "start": "10:00", "duration": "00:30"}
    day = {"date": "2026-11-03", "rooms": {"Agora": [talk | {"persons": persons}]}}
    document = {"schedule": {"base_url": base, "conference": {"title": "C", "days": [day]}}}
    apply(parse(json.dumps(document).encode()), edition.slug)


def fetched(edition):
    """Do the job that waits; whether there was one."""
    jobs = Job.objects.filter(kind=photos.JOB)
    data = jobs.values_list("data", flat=True).first()
    jobs.delete()
    while data:
        again = photos.take(data)
        data = again and again.data
    return dict(SpeakerPhoto.objects.filter(speaker__edition=edition).values_list("speaker__name", "width"))


def test_a_photo_is_fetched_once_and_what_is_none_is_not_tried_again(edition, public):
    with serving() as (base, asked):
        given = ("ada.png", f"{base}/text.png", "/gone.png", None)
        imported(edition, f"{base}/", *given)
        assert fetched(edition) == {"Person 0": photos.SIDE}
        imported(edition, f"{base}/", *given)
        assert fetched(edition) == {"Person 0": photos.SIDE} and asked == ["/ada.png", "/text.png", "/gone.png"]


def test_what_an_organiser_has_sent_or_removed_stays_so(edition, public):
    with serving() as (base, asked):
        imported(edition, base, "/ada.png")
        fetched(edition)
        SpeakerPhoto.objects.filter(speaker__edition=edition).delete()
        imported(edition, base, "/ada.png")
        assert fetched(edition) == {} and asked == ["/ada.png"]
        imported(edition, base, "/ada.png?v=2")  # another photo is another address
        assert not fetched(edition) and asked[1:] == ["/ada.png?v=2"]


def test_nothing_private_is_asked(edition):
    with serving() as (base, asked):
        imported(edition, base, "/ada.png", "javascript:alert(1)", "file:///etc/passwd")
        assert fetched(edition) == {} and asked == []
    assert set(Speaker.objects.filter(edition=edition).values_list("photo_from", flat=True)) >= {f"{base}/ada.png"}
