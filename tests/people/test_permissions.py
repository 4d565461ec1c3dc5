"""The permission matrix over HTTP, generated from the table of `can`; no view is outside it."""

import re
import uuid

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from people.permissions import GUESTS_MAY, RULES
from sessions.models import Session
from tests import world

pytestmark = pytest.mark.usefixtures("db")
GUESTS = {name: [what] for what, name in GUESTS_MAY.items()}  # the guest, where the organiser allows one thing only
ROLES = ["anonymous", "outsider", *world.ROLES, *world.OTHERS, *GUESTS]
# What each holds for the session of the matrix, and for its edition where that is something else.
HELD = {role: {"anonymous", role} for role in world.ROLES} | {
    "anonymous": {"anonymous"},
    "outsider": {"anonymous"},
    "other_speaker": {"anonymous"},
    "other_moderator": {"anonymous"},
    "guest": {"anonymous", "guest"},
    "session_moderator": {"anonymous", "moderator"},
    "banned": set(),
    **{name: {"anonymous", "guest", name} for name in GUESTS},
}

ROLE = {"role": "speaker", "scope": "<session_scope>"}
POLL = {"type": "text", "question": "Why?", "results": "live", "screen": "live"}
INVITATION = {"email": "new@example.org", "role": "attendee", "scope": "<session_scope>"}

# url name -> (action, method, arguments by name in the world, data)
VIEWS = {
    "congress:programme": ("edition.view", "get", ["slug"], {}),
    "congress:session": ("session.view", "get", ["session"], {}),
    "congress:speaker": ("speaker.view", "get", ["speaker_page"], {}),
    "congress:direct": ("session.direct", "get", ["session"], {}),
    "congress:change_status": ("session.direct", "post", ["session"], {"action": "prepare"}),
    "chat:messages": ("chat.send", "post", ["session"], {"text": "Hello", "client_id": str(uuid.uuid4())}),
    "chat:remove": ("chat.remove", "post", ["message"], {}),
    "questions:questions": ("questions.ask", "post", ["session"], {"text": "Why?", "client_id": str(uuid.uuid4())}),
    "questions:similar": ("questions.view", "get", ["session"], {"text": "Something else"}),
    "questions:votes": ("questions.view", "get", ["session"], {}),
    "questions:upvote": ("questions.upvote", "post", ["question"], {"on": "1"}),
    "questions:own": ("questions.own", "post", ["own"], {"action": "withdraw"}),
    "questions:board": ("questions.moderate", "get", ["session"], {}),
    "questions:columns": ("questions.moderate", "get", ["session"], {}),
    "questions:step": ("questions.moderate", "post", ["session"], {"action": "queue", "id": "<question>:1"}),
    "questions:next": ("questions.moderate", "post", ["session"], {"expected": ""}),
    "questions:move": ("questions.moderate", "post", ["session"], {"id": "<queued>", "place": "0"}),
    "questions:hall": ("questions.moderate", "post", ["session"], {"text": "Why?", "client_id": str(uuid.uuid4())}),
    "questions:intake": ("questions.moderate", "post", ["session"], {"intake": "open"}),
    "questions:configure": ("questions.configure", "post", ["session"], {}),
    "questions:export": ("questions.moderate", "get", ["session", "csv"], {}),
    "questions:card": ("questions.moderate", "post", ["question"], {}),
    "questions:edit": ("questions.moderate", "post", ["question"], {"text": "New", "version": "1"}),
    "questions:note": ("questions.moderate", "post", ["question"], {"text": "Look"}),
    "questions:labels": ("questions.moderate", "post", ["question"], {"labels": "budget, trams"}),
    "questions:answer": ("questions.answer", "post", ["question"], {"text": "Because"}),
    "questions:stage": ("questions.speak", "get", ["session"], {}),
    "questions:prompt": ("questions.moderate", "post", ["session"], {"text": "Two minutes"}),
    "questions:acknowledge": ("questions.speak", "post", ["prompt"], {}),
    "polls:ballot": ("polls.vote", "post", ["poll"], {"option": "<option>"}),
    "polls:card": ("polls.view", "get", ["poll"], {}),
    "polls:picture": ("polls.view", "get", ["option"], {}),
    "polls:nickname": ("polls.vote", "post", ["session"], {"name": "Falcon"}),
    "polls:presenter": ("polls.present", "get", ["session"], {}),
    "polls:screen": ("polls.present", "get", ["session"], {}),
    "polls:next": ("polls.present", "post", ["session"], {"expected": "<poll>"}),
    "polls:step": ("polls.present", "post", ["poll"], {"action": "close"}),
    "polls:desk": ("polls.prepare", "get", ["session"], {}),
    "polls:new": ("polls.prepare", "get", ["session"], {}),
    "polls:import": ("polls.prepare", "post", ["session"], {"table": "type,question\ntext,Why?\n"}),
    "polls:export": ("polls.prepare", "get", ["session", "csv"], {}),
    "polls:edit": ("polls.prepare", "get", ["poll"], {}),
    "polls:duplicate": ("polls.prepare", "post", ["poll"], {}),
    "polls:delete": ("polls.prepare", "post", ["draft"], {}),
    "polls:move": ("polls.prepare", "post", ["poll"], {"by": "1"}),
    "polls:reset": ("polls.prepare", "post", ["closed"], {"count": "0"}),
    "polls:judge": ("polls.prepare", "post", ["text_poll"], {"mark": "<mark>", "approval": "shown"}),
    "polls:chart": ("polls.prepare", "get", ["poll"], {}),
    "registration:access": ("session.access", "post", ["session"], {"visibility": "registered"}),
    "registration:code": ("session.access", "post", ["session"], {"expires_at": "2099-01-01T10:00"}),
    "registration:invitees": ("session.access", "post", ["session"], {"emails": "new@example.org"}),
    "registration:bans": ("session.ban", "post", ["session"], {"who": "<author>", "reason": "Noise"}),
    "registration:speakers": ("edition.people", "get", ["slug"], {}),
    "registration:speaker": ("edition.people", "post", ["slug", "speaker_page"], {"email": "new@example.org"}),
    "registration:people": ("edition.people", "get", ["slug"], {}),
    "registration:export": ("edition.people", "get", ["slug"], {}),
    "registration:record": ("edition.people", "get", ["slug"], {}),
    "registration:record_export": ("edition.people", "get", ["slug"], {}),
    "registration:registration": ("edition.people", "post", ["slug", "other"], {"pass_type": "press"}),
    "registration:invite": ("edition.people", "post", ["slug"], INVITATION),
    "registration:imports": ("edition.people", "get", ["slug"], {}),
    "registration:import": ("edition.people", "get", ["slug", "import"], {}),
    "registration:piece": ("edition.people", "post", ["slug", "import"], {"pieces": "1"}),
    "registration:portion": ("edition.people", "post", ["slug", "import"], {}),
    "registration:import_errors": ("edition.people", "get", ["slug", "import"], {}),
    "registration:import_abandon": ("edition.people", "post", ["slug", "import"], {}),
    "registration:person": ("edition.people", "get", ["slug", "other"], {}),
    "registration:roles": (
        "edition.people",
        "post",
        ["slug", "other"],
        {"role": "speaker", "scope": "<session_scope>"},
    ),
    "registration:ban": ("edition.people", "post", ["slug", "other"], {"reason": "Shouting"}),
    "registration:links": ("edition.people", "post", ["slug", "other"], {}),
    "registration:sign_out": ("edition.people", "post", ["slug", "other"], {}),
}
# The same for the second method of those views that have two.
SECOND = {
    "chat:messages": ("chat.view", "get", ["session"], {}),
    "questions:questions": ("questions.view", "get", ["session"], {}),
    "polls:new": ("polls.prepare", "post", ["session"], {"template": "yes_no"}),
    "polls:edit": ("polls.prepare", "post", ["draft"], POLL),
    "registration:access": ("session.access", "get", ["session"], {}),
    "registration:bans": ("session.ban", "get", ["session"], {"who": "<author>"}),
    "registration:imports": ("edition.people", "post", ["slug"], {"name": "people.csv"}),
    "registration:import": ("edition.people", "post", ["slug", "read"], {"column-ticket": "0", "column-email": "1"}),
}
ROWS = {(name, row[1]): row for table in (VIEWS, SECOND) for name, row in table.items()}
ELSEWHERE = {
    "session.follow": "rooms have no address: test_sockets.py",
    "platform.operate": "the admin's own addresses: test_admin_pages.py",
    "edition.configure": "a field of questions:configure: tests/questions/test_asking.py",
}
OPEN = {"congress:home", "people:enter", "people:leave", "set_language"}
# one's own account and the ways in: for whoever they are of; their tests are in test_account, test_joining, test_signin
OPEN |= {f"people:{name}" for name in ("join", "account", "devices", "handover", "download", "delete")}
OPEN |= {"congress:mine", "registration:find", "registration:hall"}
OPEN |= {f"account_{name}" for name in ("request_login_code", "confirm_login_code", "inactive", "login", "signup")}
OPEN |= {f"socialaccount_{name}" for name in ("signup", "login_cancelled", "login_error")}
OPEN |= {"openid_connect_login", "openid_connect_callback"}


def names(resolver, prefix=""):
    """The names of all our views (the admin has its own rights)."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from names(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield prefix + (pattern.name or "")


def test_no_view_is_outside_the_matrix():
    assert set(names(get_resolver())) == set(VIEWS) | OPEN
    assert len(ROWS) == len(VIEWS) + len(SECOND)


def test_every_action_of_the_table_is_asserted():
    assert {action for action, *_ in ROWS.values()} | set(ELSEWHERE) == set(RULES)


@pytest.fixture(scope="module")
def place(kept):
    cache.clear()
    return fill(world.build())


def fill(made):
    """The world with something for every address of the matrix; "own" is by role."""
    from chat.models import Message
    from people.models import Participant

    session = Session.objects.get(pk=made["session"])
    attendee = Participant.objects.get(pk=made["people"]["attendee"])
    made["message"] = uuid.uuid4()
    Message.send(session, attendee, "Hello", made["message"])
    made["people"] |= dict.fromkeys(GUESTS, made["people"]["guest"])
    made["cookies"] |= dict.fromkeys(GUESTS, made["cookies"]["guest"])
    made |= {
        "author": attendee.pk,
        "csv": "csv",
        "other": made["people"]["other_speaker"],
        "session_scope": session.room_key,
    }
    made |= {"import": upload(session.edition), "read": upload(session.edition, read=True)}
    return made | questions(session, made) | polls(session, made)


def upload(edition, read=False):
    """An import whose file has arrived, and is read."""
    from registration.imports import run

    found = run.begin(edition, "people.csv", None)
    run.add_piece(found, 0, b"ticket,email\nT1,a@example.org\n")
    if read:
        run.read_file(found, 1)
    return found.pk


def questions(session, made):
    """A published and a queued question, one that waits for each role, and a line to the speakers."""
    from people.models import Participant
    from questions.asking import Words, ask
    from questions.models import Board, Prompt
    from questions.state import step

    attendee, moderator = (Participant.objects.get(pk=made["people"][role]) for role in ("attendee", "moderator"))
    Board.objects.create(session=session, intake="open")
    found = {name: ask(session, attendee, Words(name), uuid.uuid4()).pk for name in ("question", "queued")}
    for pk in found.values():
        step(pk, "approve", moderator)
    step(found["queued"], "queue", moderator)
    askers = Participant.objects.in_bulk(made["people"].values())
    own = {role: ask(session, askers[pk], Words(role), uuid.uuid4()).pk for role, pk in made["people"].items()}
    own["anonymous"] = own["attendee"]
    return found | {"own": own, "prompt": Prompt.objects.create(session=session, author=moderator, text="Hello").pk}


def polls(session, made):
    """An open poll with an image, a draft, and two closed ones, one of them with an open text."""
    from polls.models import Mark, Option, Picture
    from polls.prepare import Choice
    from tests.polls.conftest import answered, opened, poll_of

    picture = Picture.objects.create(name=uuid.uuid4().hex, data=b"RIFF")
    text = opened(session, type="text")
    answered(text, [made["people"]["attendee"]], text=["Because"])
    closed = opened(session, close=text)
    found = opened(session, choices=[Choice("Yes", picture=picture), Choice("No")], close=closed)
    return {
        "poll": found.pk,
        "option": Option.objects.filter(poll=found).first().pk,
        "draft": poll_of(session).pk,
        "closed": closed.pk,
        "text_poll": text.pk,
        "mark": Mark.objects.get(ballot__round__poll=text).pk,
    }


def signed_in(place, role):
    client = Client()
    if role != "anonymous":
        client.cookies["sessionid"] = place["cookies"][role]
    return client


def asked(place, row, role="attendee"):
    """The address and the data of a row of the matrix in this world."""
    _action, _method, arguments, data = row
    found = {name: value[role] if name == "own" else value for name, value in place.items()}
    data = {key: re.sub(r"<(\w+)>", lambda match: str(found[match[1]]), value) for key, value in data.items()}
    if "table" in data:
        data = {"table": SimpleUploadedFile("polls.csv", data["table"].encode())}
    return [found[argument] for argument in arguments], data


@pytest.mark.parametrize(("name", "method"), ROWS)
def test_matrix(place, name, method):
    """Every role asks for the same, each in the same world."""
    action = ROWS[name, method][0]
    for role in ROLES:
        arguments, data = asked(place, ROWS[name, method], role)
        with transaction.atomic():
            Session.objects.filter(pk=place["session"]).update(guests_may=GUESTS.get(role, []))
            send = getattr(signed_in(place, role), method)
            response = send(reverse(name, args=arguments), data, headers={"HX-Request": "true"})
            transaction.set_rollback(True)
        assert (response.status_code < 400) == bool(HELD[role] & RULES[action]), (role, response.status_code)
        assert response.status_code < 400 or response.status_code in (403, 404), role


def test_no_method_is_outside_the_matrix(place):
    """What a view says it allows is what the matrix asks."""
    client = signed_in(place, "organiser")
    for name, row in VIEWS.items():
        allow = client.options(reverse(name, args=asked(place, row)[0])).headers.get("Allow", "any")
        assert {method.strip().lower() for method in allow.split(",")} == {
            method for each, method in ROWS if each == name
        }, name


@pytest.mark.parametrize("role", ["speaker", "moderator"])
def test_a_role_of_one_session_says_nothing_about_another(place, role):
    from people.models import Role

    Role.objects.filter(participant_id=place["people"][role]).update(scope=f"session:{place['other_session']}")
    client = signed_in(place, role)
    address = reverse("congress:change_status", args=[place["session"]])
    assert client.post(address, {"action": "prepare"}).status_code == 403
    assert client.post(reverse("chat:messages", args=[place["session"]]), {"text": "x"}).status_code == 403


def test_csrf_is_asked_for(place):
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"] = place["cookies"]["moderator"]
    address = reverse("congress:change_status", args=[place["session"]])
    assert client.post(address, {"action": "prepare"}).status_code == 403


def test_one_click_entry_is_off_in_production_settings(place, settings):
    from people.models import Participant

    Participant.objects.filter(pk=place["people"]["organiser"]).update(is_demo=True)
    assert settings.DEMO is False
    assert b"Organiser" not in Client().get(reverse("people:enter")).content
    client = Client()
    response = client.post(reverse("people:enter"), {"participant": place["people"]["organiser"]})
    assert response.status_code == 404 and "_auth_user_id" not in client.session


def test_one_click_entry_is_for_demo_participants_only(place, settings):
    settings.DEMO = True
    client = Client()
    assert client.post(reverse("people:enter"), {"participant": place["people"]["organiser"]}).status_code == 404
    assert "_auth_user_id" not in client.session
