"""Which messages a moderator reads before others do, and who may not write for a while."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from chat.models import ChatSettings, Message, Mute
from common import clock
from common.prepared import Prepared
from people.models import Participant
from people.refusal import Refused
from sessions.blocklist import blocked
from sessions.models import Session

_HELD = Prepared(lambda ids: Session.objects.select_related("edition", "chat_settings").filter(pk__in=ids).order_by())
_MUTED = Prepared(lambda scopes, now: Mute.objects.standing(now).filter(scope__in=scopes).order_by("until"))
LINK = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)


def with_rules(ids: Collection[int]) -> dict[int, Session]:
    """Sessions by id, with how their chats are held and who is muted there. Two queries, however many."""
    sessions = {session.pk: session for session in _HELD.ask(ids)}
    scopes = {scope for session in sessions.values() for scope in session.scopes()}
    muted: defaultdict[str, dict[int, Mute]] = defaultdict(dict)
    for mute in _MUTED.ask(scopes, clock.now()):
        muted[mute.scope][mute.participant_id] = mute
    for session in sessions.values():
        session.__dict__["muted"] = [muted[scope] for scope in session.scopes()]
    return sessions


def settings_of(session: Session) -> ChatSettings:
    """How a session's chat is held; what holds for all while nobody has chosen anything."""
    return getattr(session, "chat_settings", None) or ChatSettings(session=session)


def ask_muted(author: Participant, session: Session) -> None:
    """Raises Refused (403), with the reason, for who may not write in the session's chat now."""
    for by_participant in session.__dict__["muted"]:
        if mute := by_participant.get(author.pk):
            until = date_format(mute.until.astimezone(session.zone), "H:i")
            words = _("You may not write in this chat until %(until)s (%(city)s time): %(reason)s")
            city = session.zone.key.rpartition("/")[2].replace("_", " ")
            raise Refused(words % {"until": until, "city": city, "reason": mute.reason}, 403)


def why_held(author_id: int, session: Session, text: str, trusted: bool = False) -> str:
    """Why a moderator reads the text first, of Message.Held; "": nobody has to. Staff is `trusted`."""
    settings = settings_of(session)
    if trusted:
        return ""
    if settings.hold_words and blocked(text, settings.hold_words):
        return Message.Held.WORDS
    if settings.hold_links and LINK.search(text):
        return Message.Held.LINKS
    if settings.hold_first and not _is_known(author_id, session):
        return Message.Held.FIRST
    return ""


def _is_known(author_id: int, session: Session) -> bool:
    return Message.objects.shown().filter(session=session, participant=author_id).exists()


def mentioned(session: Session, text: str, ids: Iterable[int]) -> list[int]:
    """Those of the participants who have written in the session and whose "@Name" stands in the text."""
    wanted = set(ids)
    if not wanted or "@" not in text:
        return []
    known = Participant.objects.filter(pk__in=wanted, messages__session=session).distinct()
    return [pk for pk, name in known.values_list("pk", "name") if name and f"@{name}" in text]
