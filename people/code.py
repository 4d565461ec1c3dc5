"""Asking for a code by e-mail, and typing it."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context
from django.http import HttpRequest

from common.codes import typed_code
from people.address import client_address
from people.limits import hashed, retry_after


def is_asked_too_often(request: HttpRequest, email: str) -> bool:
    """Whether no more codes are sent to an address for now. By account and place: nobody locks its owner out."""
    asked = f"{client_address(request)}-{hashed(email)}"
    return bool(retry_after("people.code", asked) or retry_after("people.codes", asked))


class CodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """Limited by account and place together; by account alone so widely that only many places use it up."""

    def clean_email(self) -> str:
        if is_asked_too_often(context.request, self.cleaned_data["email"]):
            raise get_adapter().validation_error("too_many_login_attempts")
        email: str = super().clean_email()
        return email


class TypedCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code, however it was typed."""

    def clean_code(self) -> Any:
        self.cleaned_data["code"] = typed_code(self.cleaned_data["code"])
        return super().clean_code()
