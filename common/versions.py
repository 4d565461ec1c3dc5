"""Forms for what several people edit: nobody overwrites another person's change without knowing it.

A form on a page carries a fingerprint of each value. When it is sent, a field that this person did not change takes the
stored value. A field that both changed is a conflict: the form comes back with both values, and the next save replaces
the other one knowingly. Build the form from the stored values while the row is locked.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.encoding import force_str
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

DRAWN_FROM = "drawn_from"


@dataclass
class Part:
    """One thing that a form edits: what is stored now (`label`: the same in words), and what was sent."""

    name: str
    holds: Any
    sent: Any
    label: str


def fingerprint(value: Any) -> str:
    """A short hash of a plain value; equal values have the same."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:16]


def knowingly(sent: QueryDict) -> QueryDict:
    """What was sent; with "overwrite" without what it was drawn from: what others have changed is replaced."""
    if "overwrite" not in sent:
        return sent
    kept = sent.copy()
    kept.pop(DRAWN_FROM, None)
    return kept


class Versioned:
    """A mix-in, before the form class, that finds changes of others.

    The template draws the hidden field `version`; a form sent without it counts as drawn from `base`, and without
    `base` nothing is compared. `conflicts` has a message by name for what both have changed. `unchanged` has the names
    that only others have changed. With `edits` False the fields make something new: only `more_parts` are compared.
    """

    edits = True

    def __init__(self, *args: Any, base: str = "", **kwargs: Any) -> None:
        self.conflicts: dict[str, str] = {}
        self.unchanged: set[str] = set()
        self.base = base
        super().__init__(*args, **kwargs)

    @property
    def status(self: Any) -> int:
        """The HTTP status of a page that shows the form: 409 where others changed the same, 422 for what is wrong."""
        if not self.is_bound or self.is_valid():
            return 200
        return 409 if self.conflicts else 422

    @property
    def marks(self: Any) -> str:
        """Fingerprints of the stored values; of a form that was sent and not yet checked those it came with."""
        if self.is_bound and self._errors is None:
            return str(self.data.get(self.add_prefix(DRAWN_FROM), ""))
        return " ".join(f"{part.name}:{fingerprint(part.holds)}" for part in self._parts())

    @property
    def version(self: Any) -> SafeString:
        """The hidden field with the fingerprints."""
        return format_html('<input type="hidden" name="{}" value="{}">', self.add_prefix(DRAWN_FROM), self.marks)

    def more_parts(self) -> list[Part]:
        """The things that the form edits beside its fields."""
        return []

    def keep(self: Any, name: str) -> None:
        """Replace what was sent by what is stored: the person did not change it."""
        field, key = self.fields[name], self.add_prefix(name)
        _put(self.data, key, field, self.get_initial_for_field(field, name))

    def full_clean(self: Any) -> None:
        """Merge what others have saved meanwhile, then validate as usual."""
        if self.is_bound:
            self._merge()
        super().full_clean()  # type: ignore[misc]

    def _clean_form(self: Any) -> None:
        super()._clean_form()  # type: ignore[misc]
        for name, words in self.conflicts.items():
            self.add_error(name if name in self.fields else None, words)

    def _merge(self: Any) -> None:
        marks = self.data.get(self.add_prefix(DRAWN_FROM), "") or self.base
        pairs = [mark.partition(":") for mark in marks.split(" ")]
        drawn = {name: mark for name, _colon, mark in pairs if mark}
        if not drawn:
            return
        self.data = self.data.copy()
        for part in self._parts():
            holds, sent = fingerprint(part.holds), fingerprint(part.sent)
            if drawn.get(part.name, holds) == holds or sent == holds:
                continue
            if sent == drawn[part.name] or part.sent is None:
                self.unchanged.add(part.name)
                self.keep(part.name)
            else:
                self.conflicts[part.name] = _conflict(part.label)

    def _parts(self: Any) -> list[Part]:
        parts: list[Part] = self.more_parts()
        for name, field in self.fields.items() if self.edits else ():
            if not field.disabled and not isinstance(field, forms.FileField):
                holds = QueryDict(mutable=True)
                key = self.add_prefix(name)
                _put(holds, key, field, self.get_initial_for_field(field, name))
                sent = _plain(field, key, self.data) if self.is_bound else None
                parts.append(Part(name, _plain(field, key, holds), sent, _in_words(field, key, holds)))
        return parts


def _conflict(label: str) -> str:
    message = _(
        "Somebody else changed this meanwhile to “%(value)s”. What you chose stays here: save again to keep yours."
    )
    emptied = _("Somebody else emptied this meanwhile. What you chose stays here: save again to keep yours.")
    return message % {"value": label} if label else emptied


def _put(data: Any, key: str, field: forms.Field, value: Any) -> None:
    """Write a value into a form's data as a browser would send it."""
    widget: Any = getattr(field.widget, "widget", field.widget)  # the admin wraps some
    value = field.prepare_value(value)
    if isinstance(widget, forms.MultiWidget):
        names: list[str] = widget.widgets_names  # type: ignore[attr-defined]  # the stubs do not know it
        for subwidget, suffix, part in zip(widget.widgets, names, widget.decompress(value) or [], strict=False):
            data[key + suffix] = subwidget.format_value(part) or ""
        return
    formatted = ("on" if value else None) if isinstance(widget, forms.CheckboxInput) else widget.format_value(value)
    if isinstance(formatted, list):
        data.setlist(key, [force_str(item) for item in formatted])
    elif formatted is None and isinstance(widget, forms.CheckboxInput):
        data.pop(key, None)
    else:
        data[key] = force_str(formatted or "")


def _plain(field: forms.Field, key: str, data: Any) -> Any:
    """A field's value in a form's data, normalised so that equal values compare equal; None when it was not sent."""
    if field.widget.value_omitted_from_data(data, {}, key):
        return None
    value = field.widget.value_from_datadict(data, {}, key)
    with suppress(forms.ValidationError):
        value = field.clean(value)
    if isinstance(value, (list, tuple, set, QuerySet)):
        return sorted(str(_key(item)) for item in value)
    lines = [] if value is None else str(_key(value)).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def _in_words(field: forms.Field, key: str, data: Any) -> str:
    if isinstance(field.widget, forms.CheckboxInput):
        return _("yes") if data.get(key) else _("no")
    value = field.widget.value_from_datadict(data, {}, key)
    values = [str(item) for item in value] if isinstance(value, list) else [str(value or "")]
    choices = {} if isinstance(field, forms.ModelChoiceField) else dict(_flat(getattr(field, "choices", ())))
    return ", ".join(str(choices.get(item, item)) for item in values if item)[:300]


def _flat(choices: Any) -> Any:
    """The (value, label) pairs of choices, also of grouped ones."""
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _flat(label)
        else:
            yield str(value), label
