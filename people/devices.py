"""What a browser calls itself, in words, and when it was last here."""

import logging
import re
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from common import clock

logger = logging.getLogger(__name__)
SEEN_EVERY = 300  # seconds; a device that is here is written down no more often

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
    """A user agent as people say it: "Firefox on Android"."""
    browser = next((name for pattern, name in BROWSERS.items() if re.search(pattern, user_agent)), "")
    system = next((name for pattern, name in SYSTEMS.items() if re.search(pattern, user_agent)), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown browser")


def purge() -> None:
    """Forget the sessions of browsers that have ended; those of codes never typed hold an e-mail address."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def seen(request: HttpRequest) -> None:
    """Note that the request's device is here: at most one write in SEEN_EVERY seconds, per process without Redis."""
    key = request.session.session_key
    try:
        if not key or not cache.add(f"device:{key}", 1, timeout=SEEN_EVERY):
            return
    except Exception as error:  # the cache must not stop a congress
        logger.warning("Device not noted: %s", error)
        return
    UserSession.objects.filter(session_key=key).update(last_seen_at=clock.now())
