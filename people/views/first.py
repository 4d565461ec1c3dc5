"""The page on which the first organiser of a new installation signs up."""

from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from people import first, limits
from people.address import client_address
from people.forms import FirstForm
from people.refusal import Refused
from people.request import Request
from people.views.entering import BACKEND


@never_cache
@sensitive_post_parameters("token")
@require_http_methods(["GET", "POST"])
def sign_up(request: Request) -> HttpResponse:
    """GET: the page that reads the token from the fragment. POST: become the first organiser. Then it is gone."""
    if not first.is_open():
        raise Http404
    if request.method == "GET":
        return _page(request, FirstForm())
    limits.count("people.first", client_address(request))
    form = FirstForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        organiser = first.begin(**form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, refusal.status)
    login(request, organiser, backend=BACKEND)
    return redirect("/")


def _page(request: Request, form: FirstForm, status: int = 200) -> HttpResponse:
    response = render(request, "people/first.html", {"form": form}, status=status)
    response.headers["Referrer-Policy"] = "same-origin"
    return response
