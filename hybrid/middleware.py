"""What is taken out of every request, and what is added to every response."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError

NUL = "\0"
Handler = Callable[[HttpRequest], HttpResponse]

# Players of others are framed, streams come from any HTTPS host (hls.js fetches their parts); scripts and styles only
# from here.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: https:",
        "media-src 'self' https: blob:",
        "frame-src https://www.youtube-nocookie.com https://player.vimeo.com",
        "connect-src 'self' https:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
# Of a page that runs compiled code of ours: its response says `runs_wasm`.
WITH_WASM = CONTENT_SECURITY_POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


def not_from_cache(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Pages are personal: no shared cache keeps them, and a browser asks again before it shows one."""

    def keep_private(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return keep_private


def content_security_policy(get_response: Handler) -> Handler:
    """Sets Content-Security-Policy and Permissions-Policy on every response."""

    def protect(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = WITH_WASM if getattr(response, "runs_wasm", False) else CONTENT_SECURITY_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return protect


def head_as_get(get_response: Handler) -> Handler:
    """Answers HEAD as every page answers GET; the server leaves the body out."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD":
            return get_response(request)
        request.method = "GET"
        response = get_response(request)
        request.method = "HEAD"
        if response.streaming:
            response.streaming_content = ()  # type: ignore[attr-defined]
        return response

    return answer


def without_nul(get_response: Handler) -> Handler:
    """Takes NUL out of queries, forms and cookies: nobody sees or types it, and no database keeps it."""

    def clean(request: HttpRequest) -> HttpResponse:
        request.path_info = request.path_info.replace(NUL, "")
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _clean(request.GET)  # type: ignore[assignment]
        for name, value in request.COOKIES.items():
            request.COOKIES[name] = value.replace(NUL, "")
        if request.method == "POST":
            try:
                if any(NUL in text for name, values in request.POST.lists() for text in (name, *values)):
                    request.POST = _clean(request.POST)  # type: ignore[assignment]
            except UnreadablePostError:  # the client is gone; the forms will say so
                pass
        return get_response(request)

    return clean


def _clean(fields: QueryDict) -> QueryDict:
    cleaned = QueryDict(mutable=True)
    for name, values in fields.lists():
        cleaned.setlist(name.replace(NUL, ""), [value.replace(NUL, "") for value in values])
    cleaned._mutable = False
    return cleaned
