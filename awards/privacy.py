"""What the awards keep of a person."""

from typing import Any

from awards.models import Conflict, Entry, EntryStep, Message, Review
from people.models import Participant


def export(participant: Participant) -> dict[str, Any]:
    """Their entries as they wrote them, what they said about entries, and their judgements."""
    columns = ("category__name", "state", "draft", "title", "organisation", "city", "answers", "submitted_at")
    entries = Entry.objects.filter(authors=participant).order_by("pk")
    reviews = Review.objects.filter(judge__participant=participant).order_by("pk")
    return {
        "award_entries": list(entries.values(*columns)),
        "award_messages": list(Message.objects.filter(author=participant).values("entry_id", "at", "text")),
        "award_steps": list(EntryStep.objects.filter(by=participant).values("entry_id", "at", "action")),
        "award_reviews": list(reviews.values("entry_id", "marks", "note", "done_at")),
        "award_conflicts": list(Conflict.objects.filter(judge__participant=participant).values("entry_id", "reason")),
    }


def forget(participant: Participant) -> None:
    """Drafts of theirs alone go, and the words of their notes. What was submitted is their organisation's, and stays;
    marks keep counting, and a conflict stays one."""
    for entry in Entry.objects.filter(owner=participant, submitted_at=None):
        if entry.authors.count() == 1:
            entry.delete()
    Entry.authors.through.objects.filter(participant=participant).delete()
    Entry.objects.filter(owner=participant).update(owner=None)
    Message.objects.filter(author=participant).update(author=None)
    Review.objects.filter(judge__participant=participant).update(note="")
    Conflict.objects.filter(judge__participant=participant).update(reason="")
