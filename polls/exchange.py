"""Polls from a CSV table, and results as CSV, JSON and SVG (docs/polls.md)."""

import io
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from common import csvfiles, tables
from people.models import Participant
from people.refusal import Refused
from polls.forms import PollForm, option_text
from polls.models import LATE, Ballot, Poll, Round
from polls.prepare import Choice, save
from polls.tally import tally
from sessions.models import Session

MAX_ROWS, MAX_BYTES = 100, 200_000
NUMBERS = {"min": "min_choices", "max": "max_choices", "lowest": "lowest", "highest": "highest", "target": "target"}
TEXTS = {"type": "type", "question": "question", "results": "results", "screen": "screen", "unit": "unit"}
SWITCHES = {"anonymous": "anonymous", "change": "may_change", "abstain": "abstaining"}
COLUMNS = [*TEXTS, "options", "right", *NUMBERS, *SWITCHES, "seconds", "low_label", "high_label"]
RESULTS = ["poll", "question", "type", "round", "ballots", "abstained", "option", "count", "share", "score", "mean"]
NO = {"no", "0", "false", "off"}


def import_csv(session: Session, data: bytes, by: Participant | None = None) -> list[Poll]:
    """Make drafts of a table with COLUMNS (type and question are needed, options are parted by "|"): all, or none.

    Raises Refused with every line that is wrong.
    """
    rows = _rows(data)
    wrong, made = [], []
    with transaction.atomic():
        for line, row in rows:
            try:
                form = _form(row)
                if not form.is_valid():
                    raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
                made.append(save(session, form.cleaned_data, form.choices, by=by))
            except Refused as refusal:
                wrong.append(_("Line %(line)d: %(reason)s") % {"line": line, "reason": refusal})
        if wrong:
            raise Refused(" ".join(wrong[:10]))
    return made


def _rows(data: bytes) -> list[tuple[int, dict[str, str]]]:
    if len(data) > MAX_BYTES:
        raise Refused(_("The table is larger than 200 kB."))
    try:
        records = csvfiles.records(csvfiles.as_text(io.BytesIO(data)), strict=True)
        (_line, header), *rows = [record for record in records if "".join(record[1]).strip()] or [(0, [])]
    except csvfiles.Unreadable as error:
        raise Refused(_("This is no CSV table. %(error)s") % {"error": error}) from error
    names = [cell.strip().lower() for cell in header]
    if missing := {"type", "question"} - set(names):
        raise Refused(_("These columns are missing: %(names)s.") % {"names": ", ".join(sorted(missing))})
    if unknown := set(names) - set(COLUMNS):
        raise Refused(_("These columns are not known: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    if not rows or len(rows) > MAX_ROWS:
        raise Refused(_("The table needs 1 to %(most)d lines below its heading.") % {"most": MAX_ROWS})
    return [(line, dict(zip(names, cells, strict=False))) for line, cells in rows]


def _form(row: dict[str, str]) -> PollForm:
    try:
        texts = [option_text(text) for text in row.get("options", "").split("|")]
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    right = {part.strip() for part in row.get("right", "").split("|")} - {""}
    choices = [Choice(text, str(at) in right or text in right) for at, text in enumerate(filter(None, texts), 1)]
    if any(len(choice.text) > 120 for choice in choices) or len(choices) > 20:
        raise Refused(_("At most 20 options of at most 120 characters."))
    fields: dict[str, Any] = {field: row.get(name, "").strip() for name, field in (TEXTS | NUMBERS).items()}
    fields |= {name: row.get(name, "").strip() for name in ("low_label", "high_label")}
    fields |= {field: row.get(name, "").strip().lower() not in NO for name, field in SWITCHES.items() if row.get(name)}
    fields = {"anonymous": True, "may_change": True, "abstaining": False, "duration": row.get("seconds", "")} | fields
    fields["results"], fields["screen"] = fields["results"] or "live", fields["screen"] or "live"
    return PollForm(fields, choices)


def results(session: Session) -> list[dict[str, Any]]:
    """Every round of every poll that has been open, with its tally; ballots with names where they have them."""
    rounds = []
    for poll in session.polls.prefetch_related("options", "rounds"):
        for the_round in poll.rounds.all():
            rounds.append(
                {
                    "poll": poll.pk,
                    "question": poll.question,
                    "type": poll.type,
                    "state": poll.state,
                    "anonymous": poll.anonymous,
                    "opened_at": the_round.opened_at.isoformat(),
                    "closed_at": the_round.closed_at.isoformat() if the_round.closed_at else "",
                    "late": the_round.number == LATE,
                    **tally(poll, the_round),
                    "named_ballots": [] if poll.anonymous else _ballots(the_round),
                }
            )
    return rounds


def _ballots(the_round: Round) -> list[dict[str, Any]]:
    ballots = the_round.ballots.select_related("participant").prefetch_related("marks__option")
    return [
        {"name": str(ballot.participant or ""), "abstained": ballot.abstained, "marks": _marks(ballot)}
        for ballot in ballots.order_by("participant__name", "pk")
    ]


def _marks(ballot: Ballot) -> list[dict[str, Any]]:
    return [
        {"option": str(mark.option) if mark.option else "", "number": mark.number, "text": mark.text}
        for mark in sorted(ballot.marks.all(), key=lambda mark: (mark.number or 0, mark.option_id or 0))
    ]


def as_json(session: Session) -> str:
    """Every round with its tally as JSON, with the session's title."""
    return json.dumps({"session": session.title, "rounds": results(session)}, ensure_ascii=False, indent=1)


def as_csv(session: Session) -> str:
    """One line for each option, word, number or text of each round."""
    return tables.as_csv(RESULTS, (line for result in results(session) for line in _lines(result)))


def _lines(result: dict[str, Any]) -> list[dict[str, Any]]:
    base = {name: result.get(name, "") for name in RESULTS[:6]} | {"mean": result.get("mean", "")}
    base |= {"round": "late"} if result["late"] else {}
    parts = [{"option": row["text"]} | {name: row.get(name, "") for name in RESULTS[7:]} for row in result["rows"]]
    parts += [{"option": word["text"], "count": word["count"]} for word in result["words"]]
    parts += [{"option": column["label"], "count": column["count"]} for column in result["columns"]]
    parts += [{"option": text["text"], "count": 1} for text in result["texts"]]
    return [base | part for part in parts or [{}]]
