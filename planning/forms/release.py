"""Forms about many sessions: a day that is copied, and a release."""

from datetime import datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from common import clock
from common.forms import Day, Text
from common.local import LocalTime
from common.versions import Part, Versioned
from planning.working import Item

LONGEST_AHEAD = timedelta(days=366)


class DuplicateForm(forms.Form):
    """A day to copy, and where to."""

    source = Day(label=_("Day"))
    target = Day(label=_("Copy to"))


class ReleaseForm(Versioned, forms.Form):
    """A release: its comment, and the drafts that it publishes."""

    edits = False

    at = LocalTime(label=_("When (empty: at once)"), required=False)
    comment = Text(label=_("What changes, in a sentence"), max_length=300, required=False)
    drafts = forms.TypedMultipleChoiceField(label=_("Changes"), coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, items: list[Item], zone: ZoneInfo, *args: Any, **kwargs: Any) -> None:
        self.items = items
        super().__init__(*args, **kwargs)
        cast(LocalTime, self.fields["at"]).zone = zone
        drafts = [item.draft for item in items if item.draft]
        cast(forms.TypedMultipleChoiceField, self.fields["drafts"]).choices = [(draft.pk, "") for draft in drafts]

    def clean_at(self) -> datetime | None:
        """The moment; it is ahead."""
        at: datetime | None = self.cleaned_data["at"]
        if at and not clock.now() < at < clock.now() + LONGEST_AHEAD:
            raise forms.ValidationError(_("Choose a moment of the next year."))
        return at

    def more_parts(self) -> list[Part]:
        """All that is drafted: nobody releases what they have not seen."""
        seen = [[item.key, item.draft and item.draft.pk, item.values, item.published] for item in self.items]
        return [Part("seen", seen, "", str(_("another draft")))]
