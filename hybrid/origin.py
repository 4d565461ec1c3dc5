"""Which pages may open a socket: ours, by scheme, host and port."""

from collections.abc import Awaitable, Callable
from typing import Any

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils.http import is_same_domain


def is_ours(origin: str, host: str) -> bool:
    """Whether a page of `origin` ("https://host:port") may talk to us under `host`."""
    if origin in settings.CSRF_TRUSTED_ORIGINS or _matches_pattern(origin):
        return True
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    name, _port = split_domain_port(host)
    return bool(name) and validate_host(name, settings.ALLOWED_HOSTS) and origin == f"{scheme}://{host.lower()}"


def _matches_pattern(origin: str) -> bool:
    """Whether CSRF_TRUSTED_ORIGINS has it with a wildcard: "https://*.example.org"."""
    scheme, _colon, host = origin.partition("://")
    for trusted in settings.CSRF_TRUSTED_ORIGINS:
        its_scheme, _its_colon, its_host = trusted.partition("://")
        if "*" in its_host and scheme == its_scheme and is_same_domain(host, its_host.lstrip("*")):
            return True
    return False


class OwnOrigins:
    """Refuses the handshake of a socket whose Origin is another's, or that names none."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Callable[[Any], Awaitable[None]]) -> Any:
        headers = dict(scope["headers"])
        origin = headers.get(b"origin", b"").decode("latin1").lower()
        if not is_ours(origin, headers.get(b"host", b"").decode("latin1")):
            return await WebsocketDenier()(scope, receive, send)
        return await self.application(scope, receive, send)
