"""Recordings with which a case of Tomorrow.City may begin: of sessions that everybody sees."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from common import search
from common.contract import Origin, Origins
from common.numbers import number_in
from common.registry import registry
from sessions.models import Session
from sessions.sharing import plain


def _recorded() -> Any:
    everybodys = Session.objects.visible_to(AnonymousUser())
    return registry.player().with_recording(everybodys).select_related("edition", "stage__host_city")


def newest(words: str, most: int) -> Sequence[Origin]:
    """The newest that hold the words in title or abstract."""
    sessions = _recorded()
    for word in search.words(words):
        sessions = sessions.filter(search.holds(word, "title", "abstract"))
    return [_origin(session) for session in sessions.order_by("-start", "pk")[:most]]


def find(pk: str) -> Origin | None:
    """The recording of a session, by the session's id."""
    number = number_in(pk)
    session = _recorded().filter(pk=number).first() if number else None
    return _origin(session) if session else None


def _origin(session: Session) -> Origin:
    draft = {"title": session.title, "done": plain(session.abstract)}
    draft["language"] = session.languages[0] if len(session.languages) == 1 else ""
    note = f"{session.stage.host_city.name} · {session.edition.name}"
    return Origin(str(session.pk), session.title, session.get_absolute_url(), note, draft, has_moments=True)


ORIGINS = {"replay.recording": Origins(_("Recordings"), newest, find)}
