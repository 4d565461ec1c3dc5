"""A session's questions as CSV and JSON, with states and times."""

import json
from typing import Any

from django.db.models import QuerySet

from common import tables
from questions.models import Change, Question, QuestionSettings
from questions.upvotes import counts
from sessions.models import Session

COLUMNS = ["id", "state", "how", "reason", "text", "original", "language", "origin", "name", "place", "votes", "labels"]
TIMES = ["asked", "approved", "queued", "on_stage", "answered", "skipped", "dismissed", "merged", "withdrawn"]


def rows(session: Session) -> list[dict[str, Any]]:
    """One dict per question in the order asked: COLUMNS, merged_into, answers, and "<state>_at" of the last time."""
    settings = QuestionSettings.of(session)
    questions = Question.objects.filter(session=session).select_related("asker").order_by("asked_at", "pk")
    questions = questions.prefetch_related("answers__author", "changes")
    votes = counts(questions)
    return [_row(question, votes[question.pk], settings) for question in questions]


def _row(question: Question, votes: int, settings: QuestionSettings) -> dict[str, Any]:
    hall = question.origin == Question.Origin.HALL
    named = question.names_asker(settings.names_for_moderators)
    text, original = question.kept_words
    fields = {
        "id": str(question.pk),
        "state": question.state,
        "how": question.answered_how,
        "reason": question.reason,
        "text": text,
        "original": original,
        "language": question.language,
        "origin": question.origin,
        "name": question.hall_name if hall else question.asker.name if named else "",
        "place": question.hall_place if hall else question.asker.place if named else "",
        "votes": votes,
        "labels": question.label_list,
        "merged_into": str(question.merged_into_id or ""),
        "answers": [
            {"name": answer.author.name, "text": answer.text, "at": answer.at.isoformat()}
            for answer in question.answers.all()
        ],
    }
    return fields | _times(question, question.changes.all())


def _times(question: Question, changes: "QuerySet[Change]") -> dict[str, str]:
    times = dict.fromkeys((f"{name}_at" for name in TIMES), "")
    times["asked_at"] = question.asked_at.isoformat()
    for change in changes:
        if change.undone_at is None and change.before["state"] != change.after["state"]:
            times[f"{change.after['state']}_at"] = change.at.isoformat()
    return times


def as_json(session: Session) -> str:
    """The questions as JSON, with the session's title."""
    return json.dumps({"session": session.title, "questions": rows(session)}, ensure_ascii=False, indent=1)


def as_csv(session: Session) -> str:
    """The same as a table."""
    columns = [*COLUMNS, "merged_into", "answers", *(f"{name}_at" for name in TIMES)]
    table = rows(session)
    for row in table:
        row["labels"] = ", ".join(row["labels"])
        row["answers"] = "\n".join(f"{answer['name']}: {answer['text']}" for answer in row["answers"])
    return tables.as_csv(columns, table)
