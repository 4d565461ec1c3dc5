"""The words of a call and its categories in several languages: as they are written, and in others besides."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.forms import Text

Words = dict[str, dict[str, Any]]  # language -> name of a field, or "labels" -> words, or labels by their keys
OTHERS = settings.LANGUAGES[1:]  # a call is written in the first, or in whichever its organisers choose


def local(words: Words, own: Mapping[str, Any]) -> dict[str, Any]:
    """What is `own`, in the reader's language where that was written."""
    said = words.get(get_language() or "", {})
    found = {name: said.get(name) or value for name, value in own.items()}
    labels = said.get("labels", {})
    for name in ("questions", "criteria", "stages"):
        if name in own:
            found[name] = [row | {"label": labels.get(row["key"], row["label"])} for row in own[name]]
    return found


class Translated:
    """A mix-in of forms, before the form class: the fields `translated` once more for each other language.

    With `labels` also those of questions and criteria, one a line: key | label.
    """

    translated: tuple[str, ...] = ()
    labels = False

    def add_words(self: Any) -> None:
        """Add the fields; call it at the end of the form's own `__init__`."""
        for code, language in OTHERS:
            said = self.instance.words.get(code, {})
            for name in self.translated:
                own = self.fields[name]
                attributes = {"lang": code, "dir": "auto"}
                is_long = isinstance(own.widget, forms.Textarea)
                widget = forms.Textarea({"rows": 3, **attributes}) if is_long else forms.TextInput(attributes)
                self.fields[f"{name}_{code}"] = Text(
                    label=f"{own.label} · {language}", max_length=own.max_length, required=False, widget=widget
                )
                self.initial[f"{name}_{code}"] = said.get(name, "")
            if self.labels:
                self._add_labels(code, language, said.get("labels", {}))

    def _add_labels(self: Any, code: str, language: str, labels: Mapping[str, str]) -> None:
        self.fields[f"labels_{code}"] = Text(
            label=" · ".join([_("Questions and criteria"), language]),
            help_text=_("One a line: key | label"),
            widget=forms.Textarea({"rows": 4, "lang": code}),
            required=False,
        )
        self.initial[f"labels_{code}"] = "\n".join(f"{key} | {label}" for key, label in labels.items())

    def words(self: Any) -> Words:
        """What was written, without what is empty."""
        found: Words = {}
        for code, _language in OTHERS:
            said = {name: text for name in self.translated if (text := self.cleaned_data.get(f"{name}_{code}"))}
            if labels := self.labels and self.cleaned_data.get(f"labels_{code}"):
                said["labels"] = labels_of(labels)
            if said:
                found[code] = said
        return found

    def check_labels(self: Any) -> None:
        """Say which line is none."""
        for code, _language in OTHERS if self.labels else ():
            try:
                labels_of(self.cleaned_data.get(f"labels_{code}", ""))
            except ValidationError as error:
                self.add_error(f"labels_{code}", error)


def labels_of(text: str) -> dict[str, str]:
    """Key -> label. Raises ValidationError with the line."""
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        key, bar, label = (part.strip() for part in line.partition("|"))
        if line.strip() and not (key and bar and label):
            raise ValidationError(_("Line %(n)d: write key | label.") % {"n": number})
        if label:
            found[key] = label
    return found
