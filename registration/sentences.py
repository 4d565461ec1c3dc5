"""The record in words: what each entry says, with the names that its ids have today."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.registry import registry
from people.models import AuditEntry, Participant, Role
from registration.scopes import Scopes

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{3}(\d{3})?)?)?(Z|[+-]\d\d:\d\d)")  # as details keep it


def told(entries: Iterable[AuditEntry], scopes: Scopes) -> list[dict[str, Any]]:
    """Each entry with who did it (`by`), what (`words`) and its details ("label: value")."""
    entries = list(entries)
    ids = {pk for one in entries for pk in (one.by_id, one.participant_id) if pk is not None}
    people = dict(Participant.objects.filter(pk__in=ids).values_list("pk", "name"))
    of = scopes.names({one.scope for one in entries}) | {scopes.whole: _("the whole edition")}
    zone = scopes.edition.host_city.zone
    return [
        {
            "entry": one,
            "by": people.get(one.by_id or 0, _("Somebody") if one.by_id else _("The platform")),
            "participant": people.get(one.participant_id or 0, ""),
            "words": _words(one, people.get(one.participant_id or 0, _("somebody")), of.get(one.scope, one.scope)),
            "details": _details(one, zone),
        }
        for one in entries
    ]


def _words(entry: AuditEntry, who: str, of: str) -> str:
    if entry.action not in registry.record:
        return f"{entry.action} {of}"
    role = dict(Role.Name.choices).get(entry.details.get("role"), entry.details.get("role", ""))
    words = registry.record[entry.action]
    return str(words.sentence) % {"who": who, "of": of, "role": role, "step": words.label}


def _details(entry: AuditEntry, zone: ZoneInfo) -> list[str]:
    found = {name: value for name, value in entry.details.items() if value and name in registry.record_details}
    return [f"{registry.record_details[name]}: {_value(name, value, zone)}" for name, value in found.items()]


def _value(name: str, value: Any, zone: ZoneInfo) -> str:
    if isinstance(value, list):
        return ", ".join(_value(name, one, zone) for one in value)
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return date_format(datetime.fromisoformat(value).astimezone(zone), "j M Y H:i")
    return str(registry.record_values.get(name, {}).get(str(value), value))
