"""The pages of consent: the entrant asks; the person opens their link and answers."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from awards import consent
from awards.data import answers_of
from awards.forms import ConsentForm
from awards.models import Entry
from awards.state import MACHINE
from awards.views.guard import own
from people.refusal import Refused
from people.request import Request
from sessions.guard import checked

HELD = "awards_consent"


@own.write("awards.enter")
def ask(request: Request, entry: Entry) -> HttpResponse:
    """Ask the person "name" at "email"."""
    data = checked(ConsentForm(request.POST)).cleaned_data
    with transaction.atomic():
        consent.ask(MACHINE.current(entry.pk), data["name"], data["email"], request.user)
    return redirect("awards:own", entry.pk)


@never_cache
@require_safe
def follow(request: HttpRequest, address: str) -> HttpResponse:
    """The link of the mail: its secret goes into the visitor's session, so that no page is named by it."""
    if request.method == "GET":  # a program that looks ahead uses nothing up: only answering does
        request.session[HELD] = address
    return _plain(redirect("awards:consent"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """What the entry says of the person, and their answer: agrees=1 or 0."""
    address = request.session.get(HELD, "")
    if request.method == "POST":
        found = consent.answer(address, request.POST.get("agrees") == "1")
        request.session.pop(HELD, None)
        return _plain(render(request, "awards/consent.html", {"consent": found, "answered": True}))
    if (asked := consent.of_address(address)) is None:
        raise Refused(_("This link was used, or a newer one was sent. Look for the newest mail."), 404)
    entry = asked.entry
    context = {"consent": asked, "entry": entry, "answers": answers_of(entry, entry.draft)}
    return _plain(render(request, "awards/consent.html", context))


def _plain(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    return response
