"""Fetching an address that a person typed or a file gives, from the server: only from public networks, never much."""

import ipaddress
import socket
import ssl
import time
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop

TIMEOUT = 4.0  # seconds that the other side may be silent
WITHIN, CHUNK = 8.0, 16_384  # seconds for all of it; bytes that are read at once


class Unreachable(Exception):
    """The address cannot be fetched; the message says why, for people."""


def public_address(host: str, port: int) -> str:
    """The IP address to connect to. Raises Unreachable when a host has none, or any that is not public.

    The connection is made to this very address: a name that answers differently the next time gains nothing.
    """
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise Unreachable(gettext_noop("The host is not known.")) from None
    addresses = [ipaddress.ip_address(str(address).partition("%")[0]) for address in found]
    if not addresses or not all(_is_public(address) for address in addresses):
        raise Unreachable(gettext_noop("The address is in a private network."))
    return str(min(addresses, key=lambda address: address.version))


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    checked = inner or address
    return checked.is_global and not checked.is_multicast


def fetch(url: str, largest: int) -> bytes:
    """What is there, at most so many bytes. Follows no redirect. Raises Unreachable."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise Unreachable(gettext_noop("This is not an address.")) from None
    if parts.scheme not in ("http", "https") or not host:
        raise Unreachable(gettext_noop("Only http and https are fetched."))
    connection = _Pinned(host, port, public_address(host, port), parts.scheme == "https")
    try:
        connection.request("GET", f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")
        return _body(connection.getresponse(), largest)
    except (OSError, HTTPException, ValueError):
        raise Unreachable(gettext_noop("It does not answer.")) from None
    finally:
        connection.close()


def _body(response: HTTPResponse, largest: int) -> bytes:
    if response.status != 200:
        raise Unreachable(gettext_noop("It answers with an error."))
    body, until = b"", time.monotonic() + WITHIN
    while chunk := response.read1(CHUNK):
        body += chunk
        if len(body) > largest:
            raise Unreachable(gettext_noop("It answers with too much."))
        if time.monotonic() > until:  # one byte at a time would hold a worker for days
            raise Unreachable(gettext_noop("It answers too slowly."))
    return body


class _Pinned(HTTPConnection):
    """A connection to one IP address, with the name of the host in its requests and its certificate."""

    def __init__(self, host: str, port: int, address: str, secure: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address, self._secure = address, secure

    def connect(self) -> None:
        """Connect to the address that was checked."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
