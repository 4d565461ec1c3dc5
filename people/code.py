"""Asking for a code by e-mail."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import RequestLoginCodeForm
from allauth.core import context

from people.address import client_address
from people.limits import hashed, retry_after


class CodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    """Limited by account and place together; by account alone so widely that only many places use it up."""

    def clean_email(self) -> str:
        asked = f"{client_address(context.request)}-{hashed(self.cleaned_data['email'])}"
        if retry_after("people.code", asked) or retry_after("people.codes", asked):
            raise get_adapter().validation_error("too_many_login_attempts")
        email: str = super().clean_email()
        return email
