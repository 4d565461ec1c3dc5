"""What organisers decide about translations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.versions import Versioned
from translation.models import TranslationSettings

MOST, LONGEST = 500, 80  # terms, and characters of one


class SettingsForm(Versioned, forms.ModelForm):  # type: ignore[type-arg]
    """Whether texts may leave this server, and the words that stay as they are."""

    terms = forms.CharField(
        label=_("Words that are never translated"),
        help_text=_("one per line: names, projects, acronyms"),
        required=False,
        max_length=MOST * 20,
        widget=forms.Textarea({"rows": 6}),
    )

    class Meta:
        model = TranslationSettings
        fields = ["may_leave", "terms"]

    def clean_terms(self) -> str:
        """The terms, one on each line. Raises ValidationError for too many, or one that is too long."""
        lines = [term for line in self.cleaned_data["terms"].splitlines() if (term := " ".join(line.split()))]
        if len(lines) > MOST or any(len(line) > LONGEST for line in lines):
            raise forms.ValidationError(
                _("At most %(count)d words or names of at most %(length)d characters."),
                params={"count": MOST, "length": LONGEST},
            )
        return "\n".join(dict.fromkeys(lines))
