"""How an operation says no, and how the person who tried is told."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from people.models import Ban


class Refused(Exception):
    """The operation is not possible now; the message says why, for the person who tried. `status` is as in HTTP."""

    def __init__(self, words: Any = "", status: int = 409) -> None:
        super().__init__(words)
        self.status = status


class OtherWords(Refused):
    """The client's id has been used for other words, by a page that came back from a cache: a fresh one is needed."""

    def __init__(self) -> None:
        super().__init__(_("This page has sent other words already. What you wrote is kept: send it again as new."))


class Invalid(Refused):
    """What was sent does not pass its form (422), or somebody else has changed the same (409)."""

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
    """Middleware: answers what views let through of Refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OtherWords) and not request.headers.get("HX-Request"):
            return _offer_again(request, exception)
        return refuse(request, str(exception), exception.status) if isinstance(exception, Refused) else None


def refuse(request: HttpRequest, message: str, status: int) -> HttpResponse:
    """A clear error: a fragment for htmx, a page otherwise. 200-399 are not for this."""
    template = "people/_refusal.html" if request.headers.get("HX-Request") else "people/refusal.html"
    return render(request, template, {"message": message, "is_error": True}, status=status)


def _offer_again(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The words that were sent, in a form with a fresh id: without JavaScript the page has none to give."""
    fields = request.POST.dict() | {"client_id": str(uuid.uuid4())}
    fields.pop("csrfmiddlewaretoken", None)
    context = {"message": str(refusal), "text": fields.pop("text", ""), "fields": fields}
    return render(request, "people/again.html", context, status=refusal.status)


def wrong(form: BaseForm) -> str:
    """What is wrong in a form, in words."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
