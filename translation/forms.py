"""What organisers decide about translations."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.registry import registry
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


def _on_request() -> list[tuple[str, str]]:
    return [(kind, kind) for kind, each in registry.translatable.items() if each.on_request]


class AskForm(forms.Form):
    """What somebody asks for: things of a kind, in a language of the interface."""

    of = forms.ChoiceField(choices=_on_request)
    language = forms.ChoiceField(choices=settings.LANGUAGES)


class ReadingForm(forms.Form):
    """Whether somebody reads in their own language; nothing sent is no."""

    on = forms.BooleanField(required=False)
