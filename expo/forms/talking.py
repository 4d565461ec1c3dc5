"""What is said at a stand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Text
from expo.models import MAX_LINE


class LineForm(forms.Form):
    """A line, and the client's own id."""

    text = Text(max_length=MAX_LINE, error_messages={"required": _("Write something first.")})
    client_id = forms.UUIDField(error_messages={"required": _("Reload the page and send it again.")})


class RingForm(LineForm):
    """A ring; words are needed only where nobody is there."""

    text = Text(max_length=MAX_LINE, required=False)
