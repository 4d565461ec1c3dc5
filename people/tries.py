"""Tries of codes and links: limited strictly by device, and widely by address, which a whole hall shares.

The device's id stands in a signed cookie. Anybody can get a new one, so the address counts too.
"""

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from common.contract import Limit
from people import limits
from people.address import client_address

DEVICE = "hall_device"  # name of the cookie
LIFETIME = 30 * 24 * 3600  # seconds


def limits_of(name: str) -> dict[str, Limit]:
    """The limits that an app declares for tries of that name."""
    return {
        f"{name}.device": Limit(120, 60),
        f"{name}.device.wrong": Limit(20, 60),
        f"{name}.devices": Limit(12_000, 60),  # all devices with an id, by address
        f"{name}.devices.wrong": Limit(640, 60),
        f"{name}.address": Limit(12_000, 60),  # all devices without one, by address
        f"{name}.address.wrong": Limit(120, 60),
    }


def count(name: str, request: HttpRequest) -> None:
    """Count a try. Raises Refused (429) for too many, or too many wrong ones."""
    for action, client in _counted(name, request):
        limits.count_try(action, client)


def count_wrong(name: str, request: HttpRequest) -> None:
    """Count that a try was wrong."""
    for action, client in _counted(name, request):
        limits.count_wrong(action, client)


def _counted(name: str, request: HttpRequest) -> list[tuple[str, str]]:
    """The limits of a request as (action, client)."""
    address, known = client_address(request), device_of(request)
    return [(f"{name}.device", known), (f"{name}.devices", address)] if known else [(f"{name}.address", address)]


def device_of(request: HttpRequest) -> str:
    """The id of this device; "" for one that is new or keeps no cookies."""
    return request.get_signed_cookie(DEVICE, default="", salt=DEVICE, max_age=LIFETIME) or ""


def name_device(request: HttpRequest, response: HttpResponse) -> None:
    """Give a new device its id."""
    if not device_of(request):
        set_cookie(response, DEVICE, uuid.uuid4().hex)


def set_cookie(response: HttpResponse, name: str, value: str) -> None:
    """Set a signed cookie of the device."""
    response.set_signed_cookie(
        name,
        value,
        salt=name,
        max_age=LIFETIME,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
