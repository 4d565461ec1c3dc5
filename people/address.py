"""The network address of a request. A hall shares one: limits by address are wide, those by person narrow."""

from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

NETWORK = 64  # bits that one customer has; they choose the rest of the IPv6 address freely
KEPT = 4096  # addresses whose usual form is remembered: a hall's is asked for with each connection


def client_address(request: HttpRequest) -> str:
    """The key for rate limits: the client's IPv4 address, or the network of its IPv6 address."""
    return network_of(exact_address(request))


def exact_address(request: HttpRequest) -> str:
    """The client's IP address as our proxies saw it; what the client writes into X-Forwarded-For does not count."""
    return behind_proxies(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))


def behind_proxies(peer: str, forwarded: str) -> str:
    """The client's address: the peer's, or the one our proxies put into X-Forwarded-For; 0.0.0.0 if invalid."""
    address = peer
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in forwarded.split(",")]
        address = hops[-settings.TRUSTED_PROXIES] if len(hops) >= settings.TRUSTED_PROXIES else address
    try:
        return unmapped(address)
    except ValueError:
        return "0.0.0.0"


@lru_cache(KEPT)
def unmapped(address: str) -> str:
    """The address, with IPv4 written as IPv6 (by dual-stack sockets) turned back. Raises ValueError."""
    parsed = ip_address(address)
    return str((parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None) or parsed)


@lru_cache(KEPT)
def network_of(address: str) -> str:
    """The IPv4 address itself, or the network of an IPv6 address."""
    parsed = ip_address(address)
    return str(IPv6Network((int(parsed), NETWORK), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)
