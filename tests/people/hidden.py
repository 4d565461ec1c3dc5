"""A session that is closed in each possible way, with a canary in all that is said in it."""

import io
import uuid
import zipfile
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from chat.models import Message
from people.models import Participant, Registration, Role
from people.permissions import can
from polls.models import Option, Poll
from questions import moderation
from questions.asking import add_from_hall
from questions.models import Prompt, Question
from sessions import access, status
from sessions.models import Session, Speaker
from tests import world
from tests.people.matrix import GUESTS, fill
from tests.sessions.filled import portray

CANARY = "Xk7canary"
MODES = {
    "invited": access.Settings("invited"),
    "embargoed": access.Settings("public", embargo_until=timezone.now() + timedelta(days=1)),
    "passes": access.Settings("passes", ["jury"]),
    "registered": access.Settings("registered"),
}


def hide(how):
    """The matrix's world; "hidden_from" and "shown_to" are its roles ("": nobody signed in)."""
    made = fill(world.build())
    session = Session.objects.get(pk=made["session"])
    _others(made, session)
    _canary(made, session)
    people = Participant.objects.in_bulk(made["people"].values())
    access.change(session.pk, MODES[how], people[made["people"]["organiser"]])
    session.refresh_from_db()
    roles = {role: people[pk] for role, pk in made["people"].items() if role not in GUESTS}
    roles["anonymous"] = AnonymousUser()
    shown = [role for role, who in roles.items() if can(who, "session.view", session)]
    return made | {"shown_to": shown, "hidden_from": [role for role in roles if role not in shown]}


def _others(made, session):
    """A guest of another session, and somebody whose pass is not the right one."""
    guest = Participant.objects.create_guest("Elsewhere")
    Role.objects.create(participant=guest, name="guest", scope=f"session:{made['other_session']}")
    press = world.participant(f"press-{uuid.uuid4().hex}", None, session.edition, session)
    scope = f"edition:{session.edition_id}"
    Registration.objects.create(participant=press, scope=scope, pass_type="press", ticket=uuid.uuid4().hex)
    for role, who in (("guest_elsewhere", guest), ("wrong_pass", press)):
        made["people"][role], made["cookies"][role] = who.pk, world.cookie(who)
        for own in ("own", "own_messages"):
            made[own][role] = made[own]["attendee"]


def _canary(made, session):
    by = Participant.objects.get(pk=made["people"]["moderator"])
    star = Speaker.objects.create(edition=session.edition, guid=uuid.uuid4().hex, name=CANARY, biography=CANARY)
    portray(star.pk)
    session.speakers.set([star])
    made["speaker_page"] = star.pk
    session.title, session.abstract = CANARY, f"<p>{CANARY}</p>"
    session.stream = f"https://example.org/{CANARY}.m3u8"
    session.save()
    status.step(session.pk, "prepare", by, reason=CANARY)
    status.step(session.pk, "go_live", by)
    Message.send(session, by, CANARY, uuid.uuid4())
    add_from_hall(session, by, CANARY, CANARY, CANARY, uuid.uuid4())
    Prompt.objects.filter(session=session).update(text=CANARY)
    Poll.objects.filter(session=session).update(question=CANARY)
    Option.objects.filter(poll__session=session).update(text=CANARY)
    # Not the words of those who are kept out: what one has written oneself is among one's own data.
    theirs = Question.objects.filter(pk__in=[made["question"], made["queued"]])
    theirs.update(asker=by, text=f"{CANARY} Something else")
    question = Question.objects.get(pk=made["question"])
    moderation.note(question, by, CANARY)
    moderation.answer(question, by, CANARY, True)


def whole(answer):
    """Body and headers; of a workbook what its files hold."""
    body = answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(map(book.read, book.namelist()))
    return body.decode(errors="replace") + str(answer.headers)
