"""The form of a session's recording."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.versions import Versioned
from sessions.models import Session
from streams import marks
from streams.forms import playable
from streams.models import MAX_ADDRESS, Recording

OFFSET = 120  # seconds at most, earlier or later
MARKS_HELP = _(
    "One a line: the time in the host city, and the place of the recording that shows it, such as"
    " 10:00:00 = 0:00:00. Empty: it begins when the session went live, and nothing is left out."
)


class RecordingForm(Versioned, forms.Form):
    """A session's recording and how it is cut; without an address it is being prepared."""

    address = forms.CharField(
        label=_("address"),
        max_length=MAX_ADDRESS,
        required=False,
        help_text=_("Empty: the page says that the recording is being prepared."),
    )
    cut_marks = forms.CharField(
        label=_("cut marks"),
        max_length=10_000,
        required=False,
        help_text=MARKS_HELP,
        widget=forms.Textarea({"rows": 4, "spellcheck": "false"}),
    )
    same_cut = forms.BooleanField(label=_("Another address, but cut in the same way"), required=False)
    offset = forms.FloatField(
        label=_("seconds by which chat and questions come later"),
        min_value=-OFFSET,
        max_value=OFFSET,
        required=False,
        help_text=_("What people far away wrote came later than what they heard: −8 brings it back."),
        widget=forms.NumberInput({"step": "0.5"}),
    )
    parts = forms.CharField(
        label=_("chapters"),
        max_length=15_000,
        required=False,
        help_text=_("One a line: its place in the recording, and a title, such as 0:12:30 Li Ming speaks."),
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, session: Session, kept: Recording | None, *args: Any, **kwargs: Any) -> None:
        self.session, self.kept = session, kept or Recording(session=session)
        stored = {
            "address": self.kept.address,
            "cut_marks": marks.marks_words(self.kept.marks, session.zone),
            "offset": self.kept.offset,
            "parts": marks.parts_words(self.kept.parts),
        }
        super().__init__(*args, initial=stored, **kwargs)

    def clean_address(self) -> str:
        """The address. Raises ValidationError when nothing plays it."""
        address: str = self.cleaned_data["address"].strip()
        return playable(address) if address else ""

    def clean_cut_marks(self) -> list[list[float]]:
        """The marks. Raises ValidationError for lines that are none."""
        try:
            return marks.read_marks(self.cleaned_data["cut_marks"], self.session.local_date, self.session.zone)
        except marks.Unreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from None

    def clean_offset(self) -> float:
        """The seconds; 0 where nothing was written."""
        return self.cleaned_data["offset"] or 0.0

    def clean_parts(self) -> list[tuple[float, str]]:
        """The chapters. Raises ValidationError for lines that are none."""
        try:
            return marks.read_parts(self.cleaned_data["parts"])
        except marks.Unreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from None

    def clean(self) -> dict[str, Any]:
        """All of it. Marks of one recording do not stay those of another unless somebody says so."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        other = self.kept.address and data.get("address") and data["address"] != self.kept.address
        if other and data.get("cut_marks") and data["cut_marks"] == self.kept.marks and not data.get("same_cut"):
            words = _("These marks are of the recording before. Change or empty them, or say that it is cut the same.")
            self.add_error("cut_marks", words)
        return data

    def values(self) -> dict[str, Any]:
        """What is stored of it."""
        data = self.cleaned_data
        same = {name: data[name] for name in ("address", "offset")}
        return same | {"marks": data["cut_marks"], "parts": [list(part) for part in data["parts"]]}


class OffsetForm(forms.Form):
    """The moderators' slider; `number` is the version that it was drawn from."""

    offset = forms.FloatField(min_value=-OFFSET, max_value=OFFSET)
    number = forms.IntegerField(min_value=0)


class AgainForm(forms.Form):
    """An earlier version; `number` is the version that the page was drawn from."""

    version = forms.IntegerField(min_value=0)
    number = forms.IntegerField(min_value=0)
