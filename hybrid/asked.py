"""What a request asks for, as far as pages differ by it: people for whom that is the same get the same page."""

from functools import lru_cache
from http.cookies import CookieError
from typing import Any, NamedTuple

from django.conf import settings
from django.http import parse_cookie
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

SAME = ("type", "asgi", "http_version", "scheme", "path", "raw_path", "root_path")  # of a scope


class Asked(NamedTuple):
    """What is asked for by a request, as far as pages differ by it."""

    path: str
    query: bytes
    host: bytes
    secure: bytes
    language: str
    part: bytes  # of a page, for htmx

    @classmethod
    def by(cls, scope: dict[str, Any], headers: dict[bytes, bytes], cookies: dict[str, str]) -> "Asked":
        """What the request with these headers and cookies asks for."""
        restores = headers.get(b"hx-history-restore-request") == b"true"
        return cls(
            scope["path"],
            scope["query_string"],
            headers.get(b"host", b""),
            headers.get(b"x-forwarded-proto", b"") if settings.SECURE_PROXY_SSL_HEADER else b"",
            _language(cookies.get(settings.LANGUAGE_COOKIE_NAME, ""), headers.get(b"accept-language", b"")),
            b"" if restores else headers.get(b"hx-request", b""),
        )

    def scope(self, scope: dict[str, Any], cohort: Any) -> dict[str, Any]:
        """A request for the same by nobody in particular: of the one at hand nothing but what pages differ by."""
        headers = [(b"host", self.host), (b"accept-language", self.language.encode())]
        if self.secure:
            headers.append((b"x-forwarded-proto", self.secure))
        if self.part:
            headers.append((b"hx-request", b"true"))
        same = {name: scope[name] for name in SAME}
        same |= {"method": "GET", "query_string": self.query, "server": scope.get("server"), "client": None}
        return same | {"headers": headers, "cohort": cohort}


def cookies_of(header: bytes) -> dict[str, str]:
    """The cookies of a header; none of one that cannot be read."""
    try:
        return parse_cookie(header.decode("latin1"))
    except CookieError:
        return {}


@lru_cache(1000)
def _language(chosen: str, accepts: bytes) -> str:
    """The language of a page, as Django's LocaleMiddleware finds it."""
    for wanted in [chosen, *(code for code, _ in parse_accept_lang_header(accepts.decode("latin1")))]:
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
