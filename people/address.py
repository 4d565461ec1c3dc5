"""Where a request comes from. A hall shares one address: limits by address are wide, those by person are narrow."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's IP address as our own proxies saw it, whatever the client itself writes into X-Forwarded-For."""
    found = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        found = hops[-settings.TRUSTED_PROXIES] if len(hops) >= settings.TRUSTED_PROXIES else found
    try:
        return str(ip_address(found))
    except ValueError:
        return "0.0.0.0"
