"""Refusals: exceptions with a message for the person, and the pages that show it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from people.models import Ban


class Refused(Exception):
    """The operation is not possible. The message tells the person why; `status` is the HTTP status."""

    def __init__(self, words: Any = "", status: int = 409) -> None:
        super().__init__(words)
        self.status = status


class OtherWords(Refused):
    """The id was already used for another text (by a page from a cache): the client needs a new id."""

    def __init__(self) -> None:
        super().__init__(_("This page has sent other words already. What you wrote is kept: send it again as new."))


class Invalid(Refused):
    """The form is not valid (422), or somebody else has changed the same (409)."""

    def __init__(self, form: BaseForm) -> None:
        super().__init__(wrong(form), 409 if getattr(form, "conflicts", None) else 422)
        self.form = form


class Banned(PermissionDenied):
    """The participant is banned from what they asked for."""

    status = 403

    def __init__(self, ban: Ban) -> None:
        super().__init__(_("You are banned: %(reason)s") % {"reason": ban.reason})
        self.ban = ban


class Refusals:
    """Middleware: turns a Refused from a view into a response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer to a Refused, or None: other exceptions are Django's to handle."""
        if isinstance(exception, OtherWords) and not request.headers.get("HX-Request"):
            return _offer_again(request, exception)
        return refuse(request, str(exception), exception.status) if isinstance(exception, Refused) else None


def refuse(request: HttpRequest, message: str, status: int) -> HttpResponse:
    """A response with the message: a fragment for htmx, else a page. `status` is 400 or higher."""
    template = "people/_refusal.html" if request.headers.get("HX-Request") else "people/refusal.html"
    return render(request, template, {"message": message, "is_error": True, "back": _back(request)}, status=status)


def _back(request: HttpRequest) -> str:
    """The page of ours from which something was sent; "" when it is not known."""
    address = request.headers.get("Referer", "") if request.method == "POST" else ""
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else ""


def _offer_again(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The text in a form with a new id, for pages without JavaScript."""
    fields = request.POST.dict() | {"client_id": str(uuid.uuid4())}
    fields.pop("csrfmiddlewaretoken", None)
    context = {"message": str(refusal), "text": fields.pop("text", ""), "fields": fields}
    return render(request, "people/again.html", context, status=refusal.status)


def wrong(form: BaseForm) -> str:
    """All error messages of a form in one text."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
