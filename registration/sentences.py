"""The record in sentences, with the present names of the people in it."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.registry import registry
from people.models import AuditEntry, Participant
from registration.scopes import Scopes

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{3}(\d{3})?)?)?(Z|[+-]\d\d:\d\d)")  # how details store times


def rows_of(entries: Iterable[AuditEntry], scopes: Scopes) -> list[dict[str, Any]]:
    """A row for each entry: `entry`, `by` (who did it), `participant`, `words` (the sentence), `details` (texts)."""
    entries = list(entries)
    ids = {pk for entry in entries for pk in (entry.by_id, entry.participant_id) if pk is not None}
    people = dict(Participant.objects.filter(pk__in=ids).values_list("pk", "name"))
    scope_names = scopes.names({entry.scope for entry in entries}) | {scopes.whole: _("the whole edition")}
    zone = scopes.edition.host_city.zone
    return [
        {
            "entry": entry,
            "by": people.get(entry.by_id or 0, _("Somebody") if entry.by_id else _("The platform")),
            "participant": people.get(entry.participant_id or 0, ""),
            "words": _words(entry, people, scope_names),
            "details": _details(entry, zone),
        }
        for entry in entries
    ]


def _words(entry: AuditEntry, people: dict[int, str], scope_names: dict[str, str]) -> str:
    who, of = people.get(entry.participant_id or 0, _("somebody")), scope_names.get(entry.scope, entry.scope)
    if entry.action not in registry.record:
        return f"{entry.action} {of}"
    role = registry.roles.get(entry.details.get("role", ""), entry.details.get("role", ""))
    words = registry.record[entry.action]
    return str(words.sentence) % {"who": who, "of": of, "role": role, "step": words.label}


def _details(entry: AuditEntry, zone: ZoneInfo) -> list[str]:
    details = {name: value for name, value in entry.details.items() if value and name in registry.record_details}
    return [f"{registry.record_details[name]}: {_value(name, value, zone)}" for name, value in details.items()]


def _value(name: str, value: Any, zone: ZoneInfo) -> str:
    if isinstance(value, list):
        return ", ".join(_value(name, item, zone) for item in value)
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return date_format(datetime.fromisoformat(value).astimezone(zone), "j M Y H:i")
    return str(registry.record_values.get(name, {}).get(str(value), value))
