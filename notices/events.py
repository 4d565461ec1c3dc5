"""What open pages are told: lines about sessions that everybody may see. Each page shows those of its own agenda."""

from collections.abc import Mapping, Sequence
from typing import Any

from notices.words import sentence, stages_of, zone_of
from people.permissions import is_open
from sessions.models import SCOPE_AND_ACCESS, Session, Status

COLUMNS = ("title", "status", "status_reason", *SCOPE_AND_ACCESS)


def told(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any] | None]:
    """ "notices.told" to the edition's room. Entries hold ids and times; titles are looked up."""
    lines = [line for entry in entries for line in entry["lines"]]
    sessions = Session.objects.only(*COLUMNS).in_bulk({line["session"] for line in lines})
    stages = stages_of((line["before"], line["after"]) for line in lines)
    return [
        {
            "lines": [
                _line(line, sessions[line["session"]], stages)
                for line in entry["lines"]
                if line["session"] in sessions and is_open(sessions[line["session"]])
            ]
        }
        for entry in entries
    ]


def _line(line: Mapping[str, Any], session: Session, stages: Any) -> dict[str, Any]:
    reason = session.status_reason if session.status == Status.CANCELLED else ""
    return {
        "id": session.pk,
        "title": session.title,
        "url": session.get_absolute_url(),
        "begins": "" if line["after"]["cancelled"] else line["after"]["begins"],
        "zone": zone_of(line["after"], stages),
        "sentence": sentence(line["kind"], line["before"], line["after"], stages, reason),
    }
