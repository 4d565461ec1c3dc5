"""The permission matrix: its roles, the rows that the apps declare, and a world with something for every address."""

import re
import uuid
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from common.registry import registry
from sessions.models import Session
from tests import world

# Guests of the hall, each where the organiser allows one thing only.
GUESTS = {name: [what] for what, (name, _label) in registry.guests_may.items()}
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
# Of these the whole edition, or a stage of it, is asked: a role of one session says nothing about it.
WIDER = {"slug", "stage", "late_stage", "rippled_stage"}
WIDER_ROOMS = {"control", "backstage", "expo"}
HELD_WIDELY = HELD | {"session_moderator": {"anonymous"}, "speaker": {"anonymous"}}
MATRICES = [feature.matrix for feature in registry.features.values()]
ROOMS = {kind: action for matrix in MATRICES for kind, action in matrix.rooms.items()}  # kind -> action
WRITES = {kind: row for matrix in MATRICES for kind, row in matrix.writes.items()}  # kind -> action, data
VOLATILE = {kind: shown for matrix in MATRICES for kind, shown in matrix.volatile.items()}
# (URL name, method) -> the row
ROWS = {(name, ask.method): ask for matrix in MATRICES for name, asks in matrix.views.items() for ask in asks}


def held(role, ask):
    """The roles that count for what a row of the matrix asks."""
    return (HELD_WIDELY if WIDER & set(ask.arguments) else HELD)[role]


def held_in(role, kind):
    """The roles that count for a kind of room."""
    return (HELD_WIDELY if kind in WIDER_ROOMS else HELD)[role]


def fill(made):
    """The world with something for every address of the matrix, by each app's own tests; "own" is by role."""
    session = Session.objects.get(pk=made["session"])
    made["people"] |= dict.fromkeys(GUESTS, made["people"]["guest"])
    made["cookies"] |= dict.fromkeys(GUESTS, made["cookies"]["guest"])
    made |= {"csv": "csv", "author": made["people"]["attendee"], "other": made["people"]["other_speaker"]}
    made["session_scope"] = session.room_key
    for name in registry.features:
        if find_spec(f"tests.{name}") and find_spec(f"tests.{name}.filled"):
            made |= import_module(f"tests.{name}.filled").fill(session, made)
    return made


def signed_in(place, role):
    client = Client()
    if role != "anonymous":
        client.cookies["sessionid"] = place["cookies"][role]
    return client


def asked(place, ask, role="attendee"):
    """The address's arguments and the data of a row of the matrix in this world."""
    found = place | {"own": place["own"][role], "own_message": place["own_messages"][role], "uuid": uuid.uuid4()}
    data = {key: re.sub(r"<(\w+)>", lambda match: str(found[match[1]]), value) for key, value in ask.data.items()}
    if "table" in data:
        data["table"] = SimpleUploadedFile("polls.csv", data["table"].encode())
    if "file" in data:
        data["file"] = SimpleUploadedFile("captions.vtt", data["file"].encode())
    return [found[argument] for argument in ask.arguments], data


def said(data, place):
    """The data of a write of the matrix in this world: names within "<>" are filled in."""
    if isinstance(data, Mapping):
        return {key: said(value, place) for key, value in data.items()}
    if isinstance(data, list):
        return [said(value, place) for value in data]
    named = re.fullmatch(r"<(\w+)>", data) if isinstance(data, str) else None
    if not named:
        return data
    found = (place | {"uuid": uuid.uuid4()})[named[1]]
    return str(found) if isinstance(found, uuid.UUID) else found


def rooms_of(session, the_round):
    """Kind -> the key of its room in a session's world; a kind that is none of ours has a room of each session."""
    ours = {"session": session.room_key, "edition": session.edition.room_key, "round": the_round.room_key}
    ours |= {"control": f"control:{session.edition_id}", "backstage": f"backstage:{session.stage_id}"}
    ours["expo"] = f"expo:{session.edition_id}"
    return {kind: ours.get(kind, f"{kind}:{session.pk}") for kind in ROOMS}
