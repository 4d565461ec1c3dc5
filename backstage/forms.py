"""The form of the channel behind the stage."""

from django import forms
from django.utils.translation import gettext_lazy as _

from backstage.models import MAX_LENGTH
from common.forms import Text


class LineForm(forms.Form):
    """What one says, and the client's own id."""

    text = Text(max_length=MAX_LENGTH, error_messages={"required": _("Write something first.")})
    client_id = forms.UUIDField(error_messages={"required": _("Reload the page and send it again.")})
