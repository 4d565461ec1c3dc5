"""What templates of conversations show, as plain data, the same on pages and in events."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from networking import state
from networking.models import Block, Conversation, Line

Entries = Sequence[Mapping[str, Any]]
Shown = list[dict[str, Any] | None]
SHOWN = 200  # lines of a page


def line_data(line: Line) -> dict[str, Any]:
    """One line; `by` is the side of who wrote it."""
    return {
        "id": str(line.pk),
        "name": line.author.name,
        "author": line.author_id,
        "by": line.conversation.side(line.author_id),
        "text": "" if line.removed_at else line.text,
        "at": line.at.isoformat(),
        "removed": bool(line.removed_at),
    }


def lines_of(conversation: Conversation) -> list[dict[str, Any]]:
    """The newest lines, the oldest first."""
    newest = conversation.lines.select_related("author", "conversation").order_by("-at", "-pk")[:SHOWN]
    return [line_data(line) for line in reversed(newest)]


def lines(entries: Entries) -> Shown:
    """What "networking.line" shows: the line as it is now; None when it is gone."""
    rows = Line.objects.filter(pk__in=[entry["line"] for entry in entries]).select_related("author", "conversation")
    found = {str(line.pk): line_data(line) for line in rows}
    return [found.get(entry["line"]) for entry in entries]


def head_data(conversation: Conversation, participant: int, away: bool) -> dict[str, Any]:
    """Where it stands for one of the two; `away`: they keep the other one away."""
    other = conversation.other(participant)
    return {
        "id": str(conversation.pk),
        "state": conversation.state,
        "with": other.name,
        "who": other.pk,
        "slug": conversation.edition.slug,
        "version": conversation.version,
        "asked": participant == conversation.asked_id,
        "away": away,
        "steps": [] if away else state.offered(conversation, participant),
        "writes": conversation.state == Conversation.State.OPEN and not away,
    }


def heads(entries: Entries) -> Shown:
    """What "networking.head" shows to one of the two: where it stands now."""
    rows = Conversation.objects.select_related(*state.RELATED).filter(pk__in={each["conversation"] for each in entries})
    found = {str(row.pk): row for row in rows}
    blocks = blocked_by({entry["of"] for entry in entries})
    return [
        head_data(row, entry["of"], row.other_id(entry["of"]) in blocks.get(entry["of"], ()))
        if (row := found.get(entry["conversation"]))
        else None
        for entry in entries
    ]


def blocked_by(people: Iterable[int]) -> Mapping[int, set[int]]:
    """Participant id -> whom they keep away."""
    found: dict[int, set[int]] = {}
    for blocker, blocked in Block.objects.filter(blocker__in=people).values_list("blocker", "blocked"):
        found.setdefault(blocker, set()).add(blocked)
    return found


def rows_of(conversations: Iterable[Conversation], participant: int) -> list[dict[str, Any]]:
    """Conversations as the list of one of the two shows them; the last line is in its own page only."""
    return [
        {
            "url": row.get_absolute_url(),
            "with": row.other(participant).name,
            "label": str(row.get_state_display()),
            "state": row.state,
            "asked": participant == row.asked_id,
            "news": row.news(participant),
            "at": row.changed_at,
        }
        for row in conversations
    ]
