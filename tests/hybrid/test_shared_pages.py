"""Pages that are drawn once for many: nothing of one person is in them, nothing that others of them may not see."""

import io
import re

import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.urls import get_resolver, reverse

from common.registry import registry
from common.shared import is_shared
from hybrid.handler import ThreadedHandler
from people.cohorts import NOBODY, cohort_of
from people.models import Participant
from people.templatetags.own import MARK
from sessions.models import Session
from show import address
from show.models import Show
from tests.people.conftest import db  # noqa: F401  (a world for the module)
from tests.people.hidden import CANARY, MODES, hide, whole
from tests.people.matrix import ROWS, asked

pytestmark = pytest.mark.usefixtures("db")
handler = ThreadedHandler()
BY_ADDRESS = {"show:screen"}  # whoever has the address sees it, of a session that is closed too
MINE = re.compile(r'csrfmiddlewaretoken|data-mine=|aria-pressed="true"|class="own is-')


@pytest.fixture(scope="module", params=MODES)
def place(kept, request):  # noqa: F811
    cache.clear()
    with transaction.atomic():
        yield hide(request.param)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def same_connection(monkeypatch):
    """The handler stays on the connection with the test's transaction, as Django's test client does it."""
    monkeypatch.setattr("hybrid.handler.close_old_connections", lambda: None)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def shared_addresses(place):
    """Every shared address of the matrix and of pages that are open, by the URL's name."""
    names = {name for name, method in ROWS if method == "get"}
    found = {}
    for name in names:
        arguments, _data = asked(place, ROWS[name, "get"])
        path = reverse(name, args=arguments)
        if is_shared(path):
            found[name] = path
    found["sessions:programme"] = reverse("sessions:programme", args=[place["slug"]])
    found["sessions:session"] = reverse("sessions:session", args=[place["session"]])
    found["sessions:speaker"] = reverse("sessions:speaker", args=[place["speaker_page"]])
    for name in ("map", "overview", "cities", "cases", "tools", "solutions"):
        found[f"cities:{name}"] = reverse(f"cities:{name}")
    found["awards:entry"] = reverse("awards:entry", args=[place["award_finalist"]])
    found["awards:winners"] = reverse("awards:winners")
    found["expo:stand"] = reverse("expo:stand", args=[place["exhibitor"]])
    found["show:screen"] = address.path(Show.of(Session.objects.get(pk=place["session"])))
    found["planning:feed"] = reverse("planning:feed", args=[place["slug"]])
    found["planning:part_feed"] = reverse("planning:part_feed", args=[place["slug"], "stage", place["stage"]])
    return found


def drawn(path, cohort, part=False, query=b""):
    headers = [(b"host", b"localhost")] + ([(b"hx-request", b"true")] if part else [])
    scope = {
        **{"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query},
        **{"headers": headers, "scheme": "http", "root_path": "", "client": None, "server": ("localhost", 80)},
        **{"http_version": "1.1", "cohort": cohort},
    }
    return handler.respond(scope, io.BytesIO())


def people_of(place):
    return Participant.objects.in_bulk(place["people"].values())


def test_all_shared_views_are_looked_at(place):
    """A view that is declared as shared and stands in no list above would not be looked at."""
    declared = {
        f"{namespace}:{name}"
        for namespace, (_prefix, resolver) in get_resolver().namespace_dict.items()
        if namespace in registry.features
        for name in {key for key in resolver.reverse_dict if isinstance(key, str)}
        if any(
            getattr(pattern.callback, "is_shared", False)
            for pattern in resolver.url_patterns
            if getattr(pattern, "name", "") == name
        )
    }
    assert declared and declared == set(shared_addresses(place))


def test_nothing_hidden_is_in_a_page_of_those_from_whom_it_is_hidden(place):
    people = people_of(place)
    for role in place["hidden_from"]:
        cohort = cohort_of(people[place["people"][role]]) if role != "anonymous" else NOBODY
        drawn(shared_addresses(place)["sessions:session"], cohort_of(people[place["people"]["organiser"]]))
        for name in shared_addresses(place).keys() - BY_ADDRESS:
            path = shared_addresses(place)[name]
            for part in (False, True):
                assert CANARY not in whole(drawn(path, cohort, part)), (role, name)


def test_those_who_may_see_it_see_it(place):
    """The test above can fail."""
    people = people_of(place)
    for role in place["shown_to"]:
        if role == "anonymous":
            continue
        cohort = cohort_of(people[place["people"][role]])
        answer = drawn(shared_addresses(place)["sessions:session"], cohort)
        assert answer.status_code == 200 and CANARY in answer.content.decode(), role


def test_nothing_of_a_person_is_in_a_page_for_many(place):
    for person in people_of(place).values():
        for name, path in shared_addresses(place).items():
            answer = drawn(path, cohort_of(person))
            if answer.status_code == 200:
                page = whole(answer)
                assert page.count(MARK) == page.count("<body") and not answer.cookies, (person, name)
                assert MINE.findall(page) == [], (person, name)
                assert re.findall(r'data-own="\w+">([^<]+)<', page) == [], (person, name)
                assert not person.email or person.email not in page, (person, name)


def test_a_stand_in_cannot_be_asked_for_its_own(place):
    """What a page asks of nobody in particular fails aloud, before anything of anybody is shown."""
    stand_in = cohort_of(people_of(place)[place["people"]["attendee"]]).member()
    with pytest.raises(ValueError, match="must be saved|primary key"):
        stand_in.roles.all().exists()
    assert (stand_in.pk, stand_in.name, stand_in.email, stand_in.place) == (None, "", None, "")
