"""The recordings of an edition: those that one may see, narrowed by theme, speaker and words."""

from collections.abc import Iterable
from typing import Any

from common import search
from common.numbers import number_in
from common.registry import registry
from sessions.data import SessionCard, session_card
from sessions.models import Edition, Session, Speaker, Theme

LONGEST_QUERY = 100


class ArchiveFilter:
    """What is asked for; what names nothing here narrows nothing."""

    def __init__(self, edition: Edition, user: Any, query: Any) -> None:
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
        sessions = self._recorded
        if self.theme:
            sessions = sessions.filter(theme=self.theme)
        if self.speaker:
            sessions = sessions.filter(speakers=self.speaker)
        for word in search.words(self.words):
            matching = Session.objects.filter(search.holds(word, "title", "abstract", "speakers__name"))
            sessions = sessions.filter(pk__in=matching.values("pk"))
        return sessions.order_by("-start", "pk")

    def cards(self, sessions: Iterable[Session]) -> list[SessionCard]:
        """The cards of a page of them, in that order."""
        pks = [session.pk for session in sessions]
        rows = Session.objects.for_display().in_bulk(pks)
        return [session_card(rows[pk]) for pk in pks]
