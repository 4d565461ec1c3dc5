"""The recordings of an edition: those that one may see, narrowed by theme, speaker and words."""

from collections.abc import Iterable, Sequence
from typing import Any

from common import search
from common.contract import Hit
from common.numbers import number_in
from common.registry import registry
from sessions.data import SessionCard, session_card
from sessions.models import Edition, Session, Speaker, Theme

LONGEST_QUERY = 100
MOST_SESSIONS, MOST_SAID = 500, 12  # looked through for what was said; passages that are shown


class ArchiveFilter:
    """What is asked for; what names nothing here narrows nothing."""

    def __init__(self, edition: Edition, user: Any, query: Any) -> None:
        self._user = user
        recorded = registry.player().with_recording(edition.sessions.visible_to(user))
        self._recorded = recorded
        self.themes = list(Theme.objects.filter(sessions__in=recorded).distinct().order_by("position", "pk"))
        self.theme = next((theme for theme in self.themes if theme.slug == query.get("theme")), None)
        pk = number_in(query.get("speaker", ""))
        self.speaker = Speaker.objects.filter(pk=pk, sessions__in=recorded).first() if pk else None
        self.words = query.get("q", "")[:LONGEST_QUERY].strip()

    @property
    def chosen(self) -> bool:
        """Whether anything narrows."""
        return bool(self.theme or self.speaker or self.words)

    def found(self) -> Any:
        """The sessions, the newest first."""
        sessions = self._narrowed()
        for word in search.words(self.words):
            matching = Session.objects.filter(search.holds(word, "title", "abstract", "speakers__name"))
            sessions = sessions.filter(pk__in=matching.values("pk"))
        return sessions.order_by("-start", "pk")

    def _narrowed(self) -> Any:
        """Those of the theme and the speaker."""
        sessions = self._recorded
        if self.theme:
            sessions = sessions.filter(theme=self.theme)
        return sessions.filter(speakers=self.speaker) if self.speaker else sessions

    def said(self) -> Sequence[Hit]:
        """The passages of transcripts that hold the words, each with the address of its moment."""
        if not self.words:
            return ()
        sessions = self._narrowed().order_by("-start", "pk").values_list("pk", flat=True)
        return registry.find(self._user, "said", self.words, list(sessions[:MOST_SESSIONS]), MOST_SAID)

    def cards(self, sessions: Iterable[Session]) -> list[SessionCard]:
        """The cards of a page of them, in that order."""
        pks = [session.pk for session in sessions]
        rows = Session.objects.for_display().in_bulk(pks)
        return [session_card(rows[pk]) for pk in pks]
