"""The account page: profile, devices, data, deletion."""

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from common.numbers import number_in
from common.qr import qr_code
from common.text import fold_case
from people import account, joining
from people.devices import described
from people.forms import ProfileForm
from people.guard import signed_in
from people.middleware import speak
from people.models import Participant
from people.refusal import Refused
from people.request import Request


@signed_in("GET", "HEAD", "POST", limit="people.account")
def profile(request: Request) -> HttpResponse:
    """GET: the account page. POST: change the profile."""
    if request.method != "POST":
        return _page(request, saved="saved" in request.GET)
    with transaction.atomic():
        form = ProfileForm(
            request.POST, instance=Participant.objects.select_for_update(no_key=True).get(pk=request.user.pk)
        )
        if form.is_valid():
            form.save()
            response = redirect(f"{request.path}?saved=1")
            speak(response, form.cleaned_data["language"] or settings.LANGUAGE_CODE)
            return response
    return _page(request, form.status, form=form)


def _page(request: Request, status: int = 200, **more: Any) -> HttpResponse:
    devices = [{"device": device, "browser": described(device.user_agent)} for device in account.devices(request.user)]
    context = {
        "form": ProfileForm(instance=request.user),
        "devices": devices,
        "here": request.session.session_key,
        "zone": request.user.timezone or settings.TIME_ZONE,
        "registrations": request.user.registrations.filter(cancelled_at=None),
        **more,
    }
    return render(request, "people/account.html", context, status=status)


@signed_in("POST", limit="people.account")
def devices(request: Request) -> HttpResponse:
    """Sign out one device (its id), or everywhere."""
    device = number_in(request.POST.get("device", ""))
    if device is not None:
        account.sign_out(request.user, only=device)
        return redirect("people:account")
    account.sign_out_everywhere(request.user)
    logout(request)
    return redirect("/")


@signed_in("POST", limit="people.account")
def handover(request: Request) -> HttpResponse:
    """A join link for ten minutes, as a QR code: it takes this sign-in to a phone."""
    if request.user.is_guest:
        raise Refused(_("Guests join with the code on the hall's screen."), 403)
    if joining.by_a_shown_link(request.session.session_key):
        raise Refused(_("Sign in with a code by e-mail first: you came by a link that others may have."), 403)
    address = joining.address_of(account.hand_over(request.user), request)
    return _page(request, handover=qr_code(address))


@signed_in("GET", limit="people.download", reads_count=True)
def download(request: Request) -> HttpResponse:
    """Everything kept of the participant, as JSON."""
    response = JsonResponse(account.data_of(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@signed_in("POST", limit="people.account")
def delete(request: Request) -> HttpResponse:
    """Delete the account; the name typed says that it is meant."""
    if fold_case(request.POST.get("name", "").strip()) != fold_case(request.user.name):
        raise Refused(_("Type your display name exactly to delete your account."), 422)
    participant = request.user
    logout(request)
    account.delete(participant)
    return render(request, "people/deleted.html")
