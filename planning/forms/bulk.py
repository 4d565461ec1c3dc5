"""The form that changes many sessions together. What is left as it is, stays as each session has it."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.access import Visibility
from people.models import Participant, Role
from people.permissions import STAFF
from planning import bulk
from planning.forms.fields import StageChoice
from registration.scopes import Scopes
from sessions.models import Edition, Stage

AS_IT_IS = _("as it is")
LONGEST_SHIFT = 14 * 24 * 60  # minutes


class BulkForm(forms.Form):
    """What becomes of all that is chosen."""

    stage = StageChoice(Stage.objects.none(), label=_("Stage"), required=False, empty_label=AS_IT_IS)
    shift = forms.IntegerField(
        label=_("Later by minutes (−15: earlier)"),
        required=False,
        min_value=-LONGEST_SHIFT,
        max_value=LONGEST_SHIFT,
    )
    theme = forms.TypedChoiceField(label=_("Theme"), required=False, coerce=int, empty_value=None)
    strand = forms.TypedChoiceField(label=_("Strand"), required=False, coerce=int, empty_value=None)
    moderator = forms.ModelChoiceField(
        Participant.objects.none(), label=_("Moderator, at once"), required=False, empty_label=AS_IT_IS
    )
    visibility = forms.ChoiceField(
        label=_("Who may see it, at once"),
        required=False,
        choices=[("", AS_IT_IS), *(choice for choice in Visibility.choices if choice[0] != Visibility.PASSES)],
    )

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["stage"]).queryset = edition.stages.select_related("host_city")
        cast(Any, self.fields["moderator"]).queryset = moderators(edition)
        for name, parts in (("theme", edition.themes.all()), ("strand", edition.strands.all())):
            if parts:
                choices = [("", AS_IT_IS), (0, "–"), *((part.pk, part.name) for part in parts)]
                cast(Any, self.fields[name]).choices = choices
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """At least one thing is chosen."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and self.change() == bulk.Change():
            raise forms.ValidationError(_("Choose what shall change."))
        return data

    def change(self) -> bulk.Change:
        """What was chosen."""
        data = self.cleaned_data
        return bulk.Change(
            stage=data["stage"],
            theme=data.get("theme"),
            strand=data.get("strand"),
            shift=data["shift"] or 0,
            moderator=data["moderator"],
            visibility=data["visibility"],
        )


def moderators(edition: Edition) -> "QuerySet[Participant]":
    """Who moderates or organises anything of the edition."""
    staff = Role.objects.filter(Scopes(edition).within(), name__in=STAFF)
    return Participant.objects.filter(pk__in=staff.values("participant"), is_active=True).order_by("name", "pk")
