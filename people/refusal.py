"""How an operation says no, and how a view tells it."""

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.models import Ban


class Refused(Exception):
    """The operation is not possible now; the message says why, for the person who tried."""


class Banned(PermissionDenied):
    """The participant is banned from what they asked for."""

    def __init__(self, ban: Ban) -> None:
        super().__init__(ban.reason)
        self.ban = ban


def refuse(request: HttpRequest, message: str, status: int) -> HttpResponse:
    """A clear error: a fragment for htmx, a page otherwise. 200-399 are not for this."""
    template = "people/_refusal.html" if request.headers.get("HX-Request") else "people/refusal.html"
    return render(request, template, {"message": message}, status=status)


def refuse_form(request: HttpRequest, form: BaseForm) -> HttpResponse:
    """422 with what is wrong in a form."""
    return refuse(request, wrong(form), 422)


def wrong(form: BaseForm) -> str:
    """What is wrong in a form, in words."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
