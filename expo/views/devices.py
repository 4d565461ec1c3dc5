"""Scanner apps: the stand's page of them, and the API that they speak (pretix's lead API)."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from expo import devices
from expo.forms.leads import DeviceForm
from expo.models import Device, Exhibitor
from expo.views.guard import team
from people.address import client_address
from people.refusal import Refused
from people.request import Request
from sessions.guard import checked

MOST_BYTES = 20_000


@never_cache
@team.form("expo.take_part")
def listed(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """The scanner apps of a stand; POST: another one, whose token is shown this once, or the end of one."""
    token = ""
    if request.method == "POST":
        sent = checked(DeviceForm(request.POST)).cleaned_data
        if sent["remove"]:
            devices.end(exhibitor, sent["remove"], request.user)
            return redirect("expo:devices", exhibitor.pk)
        if not sent["name"]:
            raise Refused(_("Give the device a name."), 422)
        token = devices.add(exhibitor, sent["name"], request.user)
    rows = exhibitor.devices.select_related("made_by")
    context = {"exhibitor": exhibitor, "edition": exhibitor.edition, "devices": rows, "token": token}
    return render(request, "expo/devices.html", context)


def _of_device(*methods: str) -> Callable[[Any], Any]:
    """A view of a device: it has no session and no cookie, its token says who it is; refusals are JSON."""

    def decorate(view: Callable[[Request, Device], HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @never_cache
        @require_http_methods(list(methods))
        @wraps(view)
        def answered(request: Request) -> HttpResponse:
            try:
                header = request.headers.get("Authorization", "")
                return view(request, devices.by_token(header, client_address(request)))
            except Refused as refusal:
                status = 400 if refusal.status in (404, 410, 422) else refusal.status
                return JsonResponse({"detail": str(refusal)}, status=status)

        return answered

    return decorate


@_of_device("GET")
def profile(_request: Request, device: Device) -> HttpResponse:
    """The stand that a device scans for."""
    return JsonResponse(devices.profile(device))


@_of_device("POST")
def submit(request: Request, device: Device) -> HttpResponse:
    """A badge that a device scanned: 201 for the first time, 200 for a repeat."""
    try:
        sent = json.loads(request.body) if len(request.body) <= MOST_BYTES else None
        json.dumps(sent, ensure_ascii=False).encode()  # half of a surrogate pair can be stored nowhere
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise Refused(_("This is no JSON object that can be read."), 422)
    before = device.exhibitor.leads.filter(withdrawn_at=None).count()
    lead = devices.take(device, sent)
    is_new = device.exhibitor.leads.filter(withdrawn_at=None).count() > before
    return JsonResponse(devices.answer(lead), status=201 if is_new else 200)
