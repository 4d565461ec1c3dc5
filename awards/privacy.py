"""What the awards keep of a person."""

from datetime import timedelta
from typing import Any

from django.db.models import F

from awards import consent
from awards.models import PUBLIC, Call, Conflict, Consent, Entry, EntryFile, EntryStep, Judge, Message, Review
from common import clock, uploads
from people import audit
from people.models import Participant


def export(participant: Participant) -> dict[str, Any]:
    """Their entries as they wrote them, what they said about entries, and their judgements."""
    columns = ("category__name", "state", "draft", "title", "organisation", "city", "answers", "submitted_at")
    entries = Entry.objects.filter(authors=participant).order_by("pk")
    reviews = Review.objects.filter(judge__participant=participant).order_by("pk")
    return {
        "award_entries": list(entries.values(*columns)),
        "award_files": list(
            EntryFile.objects.filter(entry__in=entries).values("entry_id", "name", "caption", "size", "at")
        ),
        "award_consents": consent.export(participant),
        "award_messages": list(Message.objects.filter(author=participant).values("entry_id", "at", "text")),
        "award_steps": list(EntryStep.objects.filter(by=participant).values("entry_id", "at", "action")),
        "award_reviews": list(reviews.values("entry_id", "marks", "note", "done_at")),
        "award_jury": list(
            Judge.objects.filter(participant=participant).values("call__title", "chair", "languages", "panels__name")
        ),
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
    Consent.objects.filter(email__iexact=participant.email).update(email="", number=F("number") + 1)


def retain(data: dict[str, Any]) -> None:
    """The daily job: after the call's `keep_days` go the files of what is not public, who was asked for consent, the
    dialogue, and the words of judges. What is public stays, and marks as numbers."""
    for call in Call.objects.filter(closes_at__lt=clock.now() - timedelta(days=30)).select_related("edition"):
        if call.closes_at + timedelta(days=call.keep_days) > clock.now():
            continue
        entries = Entry.objects.filter(category__call=call)
        gone = EntryFile.objects.filter(entry__in=entries.exclude(state__in=PUBLIC)).delete()[0]
        gone += EntryFile.objects.filter(entry__in=entries, kind=uploads.DOCUMENT).delete()[0]
        gone += Consent.objects.filter(entry__in=entries).exclude(email="").update(email="", number=F("number") + 1)
        gone += Message.objects.filter(entry__in=entries).delete()[0]
        gone += Review.objects.filter(entry__in=entries).exclude(note="").update(note="")
        gone += Conflict.objects.filter(entry__in=entries).exclude(reason="").update(reason="")
        if gone:
            audit.record(None, "awards.kept", call.edition.room_key, count=gone)
