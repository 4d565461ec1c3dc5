"""Where a request comes from. A hall shares one address: limits by address are wide, those by person are narrow."""

from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

NETWORK = 64  # bits that tell one customer from another; the rest of an IPv6 address is free to choose
KEPT = 4096  # addresses whose usual form is remembered: a hall's is asked for with each connection


def client_address(request: HttpRequest) -> str:
    """What limits count by: the client's IPv4 address, or the network of its IPv6 address."""
    return network_of(exact_address(request))


def exact_address(request: HttpRequest) -> str:
    """The client's IP address as our own proxies saw it, whatever the client itself writes into X-Forwarded-For."""
    return behind_proxies(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))


def behind_proxies(peer: str, forwarded: str) -> str:
    """The client's address: our peer's, or what our proxies wrote into X-Forwarded-For; 0.0.0.0 when it is none."""
    found = peer
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in forwarded.split(",")]
        found = hops[-settings.TRUSTED_PROXIES] if len(hops) >= settings.TRUSTED_PROXIES else found
    try:
        return unmapped(found)
    except ValueError:
        return "0.0.0.0"


@lru_cache(KEPT)
def unmapped(address: str) -> str:
    """The address in its usual form: a socket that listens for both kinds writes IPv4 as IPv6. Raises ValueError."""
    parsed = ip_address(address)
    return str((parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None) or parsed)


@lru_cache(KEPT)
def network_of(address: str) -> str:
    """The IPv4 address itself, or the network of an IPv6 address."""
    found = ip_address(address)
    return str(IPv6Network((int(found), NETWORK), strict=False)) if isinstance(found, IPv6Address) else str(found)
