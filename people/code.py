"""The forms that ask for a code by e-mail and check the typed code."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context
from django.http import HttpRequest

from common.codes import typed_code
from people.address import client_address
from people.limits import hashed, retry_after


def is_asked_too_often(request: HttpRequest, email: str) -> bool:
    """Whether this address gets no more codes for now. Counted by address and place: nobody locks the owner out."""
    asked = f"{client_address(request)}-{hashed(email)}"
    return bool(retry_after("people.code", asked) or retry_after("people.codes", asked))


class CodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """The form that asks for a code; limited by e-mail address and place together."""

    def clean_email(self) -> str:
        """The address. Raises ValidationError when codes are asked for too often."""
        if is_asked_too_often(context.request, self.cleaned_data["email"]):
            raise get_adapter().validation_error("too_many_login_attempts")
        email: str = super().clean_email()
        return email


class TypedCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The form that takes the code, in any case and spacing."""

    def clean_code(self) -> Any:
        """The code without spaces and in capitals. Raises ValidationError when it is wrong."""
        self.cleaned_data["code"] = typed_code(self.cleaned_data["code"])
        return super().clean_code()
