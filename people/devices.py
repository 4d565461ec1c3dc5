"""Devices that are signed in: their names, when they were last seen, and the end of their sessions."""

import logging
import re
from collections.abc import Iterable
from datetime import timedelta
from importlib import import_module
from time import monotonic
from typing import Any

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from common import clock
from people.models import Participant

logger = logging.getLogger(__name__)
BEGINNING = timedelta(hours=1)  # within which a sign-in may not be stored yet
SEEN_EVERY = 300  # seconds; a device that is here is written down no more often
ASKED_EVERY = 60  # seconds; and a process asks the cache no more often whether it is
MOST_ASKED = 50_000  # devices of which a process knows when it asked
_asked: dict[str, float] = {}  # by session key; time.monotonic()

# The first that fits: many call themselves Safari and Chrome as well, and Android calls itself Linux.
BROWSERS = {
    r"Edg(e|A|iOS)?/": "Edge",
    r"OPR/|Opera": "Opera",
    r"SamsungBrowser/": "Samsung Internet",
    r"Firefox/|FxiOS/": "Firefox",
    r"CriOS/|Chrome/|Chromium/": "Chrome",
    r"Safari/": "Safari",
}
SYSTEMS = {
    r"iPhone": "iPhone",
    r"iPad": "iPad",
    r"Android": "Android",
    r"Windows": "Windows",
    r"CrOS": "ChromeOS",
    r"Mac OS X|Macintosh": "macOS",
    r"Linux|X11": "Linux",
}


def described(user_agent: str) -> str:
    """A user agent in words: "Firefox on Android"."""
    browser = next((name for pattern, name in BROWSERS.items() if re.search(pattern, user_agent)), "")
    system = next((name for pattern, name in SYSTEMS.items() if re.search(pattern, user_agent)), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown browser")


def purge() -> None:
    """Delete expired sessions, and the devices that belonged to them."""
    _store().clear_expired()
    ended = UserSession.objects.exclude(session_key__in=_store().get_model_class().objects.values("session_key"))
    ended.filter(created_at__lt=clock.now() - BEGINNING).delete()


def expire_with_code(request: HttpRequest) -> None:
    """Let a session that waits for a code, and holds the e-mail address, end together with the code."""
    if not request.user.is_authenticated:
        request.session.set_expiry(settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


def forget_codes(participant: Participant, emails: Iterable[str]) -> None:
    """End the sessions that wait for a code of this account."""
    until = clock.now() + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    wanted = {email.lower() for email in emails}
    for session in _store().get_model_class().objects.filter(expire_date__lte=until):
        login = session.get_decoded().get(LOGIN_SESSION_KEY) or {}
        if login.get("user_pk") == user_pk_to_url_str(participant) or str(login.get("email")).lower() in wanted:
            session.delete()


def _store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore


def seen(request: HttpRequest) -> None:
    """Note that this device is here. Writes at most once in SEEN_EVERY seconds (without Redis: in each process)."""
    key = request.session.session_key
    if not key or _asked.get(key, -ASKED_EVERY) > monotonic() - ASKED_EVERY:
        return
    if len(_asked) >= MOST_ASKED:
        _asked.clear()
    _asked[key] = monotonic()
    try:
        if not cache.add(f"device:{key}", 1, timeout=SEEN_EVERY):
            return
    except Exception as error:  # the cache must not stop a congress
        logger.warning("Device not noted: %s", error)
        return
    UserSession.objects.filter(session_key=key).update(last_seen_at=clock.now())


def present(participants: Iterable[int]) -> set[int]:
    """Of these participants those with a device that was here lately."""
    since = clock.now() - timedelta(seconds=2 * SEEN_EVERY)
    found = UserSession.objects.filter(user__in=set(participants), last_seen_at__gt=since)
    return set(found.values_list("user", flat=True))
