"""Speakers of a session as an organiser writes them: a line for each, "Name – Organisation".

A value is the id of one of the edition's speakers, or the line of one who will be made with the release: who is not
published yet has no page.
"""

import re
import uuid
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.text import fold_case
from sessions.models import Edition, Speaker
from sessions.schedule import texts

MOST = 60  # of one session
DASH = re.compile(r"\s+[–—-]\s+")
NUMBERED = re.compile(r"\s*#(\d{1,12})$")
Known = dict[str, tuple[str, str]]  # value -> name, organisation


def known(edition: Edition) -> Known:
    """The edition's speakers."""
    rows = Speaker.objects.filter(edition=edition).order_by("name", "pk").values_list("pk", "name", "organisation")
    return {str(pk): (name, organisation) for pk, name, organisation in rows}


def line_of(value: str, speakers: Known) -> str:
    """The line that stands for a value; with the id, where the name alone would not tell who is meant."""
    if value not in speakers:
        return value
    name, organisation = speakers[value]
    line = f"{name} – {organisation}" if organisation else name
    alike = sum(fold_case(other) == fold_case(name) for other, _organisation in speakers.values())
    return f"{line} #{value}" if alike > 1 else line


def names_of(values: Iterable[str], speakers: Known) -> list[str]:
    """Their names alone."""
    return [speakers[value][0] if value in speakers else DASH.split(value)[0] for value in values]


def read(text: str, speakers: Known) -> list[str]:
    """The values of lines, each once. Raises ValidationError for a line that could be several people."""
    values = dict.fromkeys(_read(line, speakers) for raw in text.splitlines() if (line := texts.line(raw, 330)))
    if len(values) > MOST:
        raise ValidationError(_("At most %(n)s speakers."), params={"n": MOST})
    return ordered(values)


def ordered(values: Iterable[str]) -> list[str]:
    """The values in the one order in which they are compared: those with an id first."""
    return sorted(values, key=lambda value: (not value.isdigit(), int(value) if value.isdigit() else 0, value))


def _read(line: str, speakers: Known) -> str:
    if (numbered := NUMBERED.search(line)) and numbered[1] in speakers:
        return numbered[1]
    name, organisation = parts(line)
    alike = [value for value, (other, _o) in speakers.items() if fold_case(other) == fold_case(name)]
    if len(alike) > 1:
        alike = [value for value in alike if fold_case(speakers[value][1]) == fold_case(organisation)]
        if len(alike) != 1:
            message = _("Several speakers are called %(name)s: write the organisation too, or their number.")
            raise ValidationError(message, params={"name": name})
    return alike[0] if alike else f"{name} – {organisation}" if organisation else name


def parts(line: str) -> tuple[str, str]:
    """Name and organisation of a line."""
    name, *organisation = DASH.split(line, maxsplit=1)
    return texts.line(name, 160), texts.line(organisation[0], 160) if organisation else ""


def resolve(edition: Edition, values: Sequence[str], speakers: Known) -> set[int]:
    """The speakers' ids. Who is new is made, and then among the known; who was deleted is left out."""
    found = set()
    for value in values:
        value = value if value in speakers or value.isdigit() else _read(value, speakers)
        if not value.isdigit():
            name, organisation = parts(value)
            guid = str(uuid.uuid4())
            made = Speaker.objects.create(edition=edition, guid=guid, name=name, organisation=organisation)
            value = str(made.pk)
            speakers[value] = name, organisation
        if value in speakers:
            found.add(int(value))
    return found
