"""Where a request comes from. A hall shares one address: limits by address are wide, those by person are narrow."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

NETWORK = 64  # bits that tell one customer from another; the rest of an IPv6 address is free to choose


def client_address(request: HttpRequest) -> str:
    """What limits count by: the client's IPv4 address, or the network of its IPv6 address."""
    found = ip_address(exact_address(request))
    return str(IPv6Network((found, NETWORK), strict=False)) if isinstance(found, IPv6Address) else str(found)


def exact_address(request: HttpRequest) -> str:
    """The client's IP address as our own proxies saw it, whatever the client itself writes into X-Forwarded-For."""
    found = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        found = hops[-settings.TRUSTED_PROXIES] if len(hops) >= settings.TRUSTED_PROXIES else found
    try:
        parsed = ip_address(found)
    except ValueError:
        return "0.0.0.0"
    # A socket that listens for both kinds writes IPv4 addresses like this.
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return str(mapped or parsed)
