"""A small congress to test with: one edition, two stages in two cities, one session, a participant for each role."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from people.models import Ban, Participant, Registration, Role
from sessions.models import Edition, HostCity, Session, Speaker, Stage

ROLES = ["attendee", "speaker", "moderator", "organiser"]
# Beside them: whom a role elsewhere, the hall's code, or a ban make what they are.
OTHERS = ["guest", "other_speaker", "session_moderator", "other_moderator", "banned"]


def build() -> dict[str, Any]:
    """Make it; ids by name, and a session cookie for each participant."""
    mark = uuid.uuid4().hex[:8]
    barcelona = HostCity.objects.create(name="Barcelona", slug=f"barcelona-{mark}", timezone="Europe/Madrid")
    shanghai = HostCity.objects.create(name="Shanghai", slug=f"shanghai-{mark}", timezone="Asia/Shanghai")
    today = timezone.now().date()
    edition = Edition.objects.create(
        name="Test Congress", slug=f"test-{mark}", host_city=barcelona, start_date=today, end_date=today
    )
    stage = Stage.objects.create(edition=edition, host_city=barcelona, name="Agora")
    other_stage = Stage.objects.create(edition=edition, host_city=shanghai, name="Bund")
    session = talk(edition, stage, "Streets for people")
    other_session = talk(edition, other_stage, "Grids that listen")
    speaker = Speaker.objects.create(edition=edition, guid="s1", name="Li Ming", city="Shanghai", country="China")
    session.speakers.add(speaker)
    people = {role: participant(f"{role}-{mark}", role, edition, session) for role in ROLES}
    people["outsider"] = participant(f"outsider-{mark}", None, edition, session)
    people |= others(mark, edition, session, other_session)
    return {
        "edition": edition.pk,
        "slug": edition.slug,
        "session": session.pk,
        "other_session": other_session.pk,
        "other_day": other_session.start.astimezone(barcelona.zone).date().isoformat(),  # by the main city's clock
        "stage": stage.pk,
        "other_stage": other_stage.pk,
        "speaker_page": speaker.pk,
        "people": {role: one.pk for role, one in people.items()},
        "cookies": {role: cookie(one) for role, one in people.items()},
    }


def others(mark: str, edition: Edition, session: Session, other: Session) -> dict[str, Participant]:
    """A guest of the hall, roles of this session and of another, and a banned attendee."""
    guest = Participant.objects.create_guest("Guest")
    Role.objects.create(participant=guest, name="guest", scope=session.room_key)
    made = {name: participant(f"{name}-{mark}", None, edition, session) for name in OTHERS[1:]}
    Role.objects.create(participant=made["other_speaker"], name="speaker", scope=other.room_key)
    Role.objects.create(participant=made["session_moderator"], name="moderator", scope=session.room_key)
    Role.objects.create(participant=made["other_moderator"], name="moderator", scope=other.room_key)
    scope = f"edition:{edition.pk}"
    Registration.objects.create(participant=made["banned"], scope=scope, pass_type="online", ticket=mark)
    Ban.objects.create(participant=made["banned"], scope=scope, reason="Shouting")
    return {"guest": guest} | made


def talk(edition: Edition, stage: Stage, title: str) -> Session:
    """A session of an hour that begins in ten minutes."""
    start = timezone.now() + timedelta(minutes=10)
    return Session.objects.create(
        edition=edition, guid=uuid.uuid4().hex, title=title, stage=stage, start=start, end=start + timedelta(hours=1)
    )


def participant(name: str, role: str | None, edition: Edition, session: Session) -> Participant:
    """A participant with a role of the edition (a speaker: of the session)."""
    made = Participant.objects.create_user(f"{name}@example.org", name=name.split("-")[0].title(), city="Lagos")
    if role:
        scope = f"session:{session.pk}" if role == "speaker" else f"edition:{edition.pk}"
        Role.objects.create(participant=made, name=role, scope=scope)
    return made


def cookie(who: Participant) -> str:
    """The key of a signed-in session."""
    store = SessionStore()
    store[SESSION_KEY] = str(who.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = who.get_session_auth_hash()
    store.create()
    return str(store.session_key)
