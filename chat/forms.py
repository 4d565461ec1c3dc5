"""The chat's form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chat.models import MAX_LENGTH
from common.forms import Text


class MessageForm(forms.Form):
    """A message: one to MAX_LENGTH characters, and the client's own id."""

    text = Text(
        max_length=MAX_LENGTH,
        error_messages={
            "required": _("Write something first."),
            "max_length": _("A message has at most %(limit_value)d characters; this one has %(show_value)d."),
        },
    )
    client_id = forms.UUIDField(error_messages={"required": _("Reload the page and send it again.")})
