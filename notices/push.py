"""Web Push (RFC 8030, 8291, 8292): which services we send to, and what they answer."""

import json
import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings

from notices.models import Subscription

WITHIN = 5.0  # seconds for a push service to answer
ENDED = (404, 410)
LONGEST = 3000  # bytes of a message; services take 4 kB, encrypted
logger = logging.getLogger(__name__)


def is_on() -> bool:
    """Whether this installation has keys to sign with (manage.py vapid_keys)."""
    return bool(settings.VAPID_PRIVATE_KEY and settings.VAPID_PUBLIC_KEY)


def is_known(endpoint: str) -> bool:
    """Whether an address that a browser gave is one of a push service that we send to: it comes from outside."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.username or parts.password or parts.scheme != "https" or port not in (None, 443):
        return f"{parts.scheme}://{parts.netloc}" in settings.PUSH_SERVICES
    return any(host == name or host.endswith(f".{name}") for name in settings.PUSH_SERVICES)


def send(device: Subscription, message: Mapping[str, str], lifetime: int) -> bool:
    """Send a message that is worth something for `lifetime` seconds. False: the subscription has ended.

    A service that is away or refuses for a while costs this message only.
    """
    if not is_on() or not is_known(device.endpoint):
        return not is_on()
    import requests  # only where a message is sent: these take a sixth of the time in which a process starts
    from pywebpush import WebPushException, webpush

    session = requests.Session()
    session.max_redirects = 0  # whatever the service says, we send to nobody else
    keys = {"p256dh": device.p256dh, "auth": device.auth}
    try:
        webpush(
            {"endpoint": device.endpoint, "keys": keys},
            _packed(message),
            vapid_private_key=settings.VAPID_PRIVATE_KEY,
            vapid_claims={"sub": f"mailto:{settings.DEFAULT_FROM_EMAIL}"},
            ttl=lifetime,
            headers={"Topic": message["topic"], "Urgency": "high" if message["topic"] == "remind" else "normal"},
            timeout=WITHIN,
            requests_session=session,
        )
    except WebPushException as error:
        status = error.response.status_code if error.response is not None else 0
        if status in ENDED:
            return False
        logger.warning("A push service answered %s", status)
    except (requests.RequestException, ValueError, TypeError) as error:
        logger.warning("A push could not be sent: %s", type(error).__name__)
    return True


def _packed(message: Mapping[str, str]) -> bytes:
    """The message as its service worker reads it, cut where it is too long."""
    packed = json.dumps(dict(message))
    if len(packed) > LONGEST:
        packed = json.dumps({**message, "title": message["title"][:200], "body": message["body"][:200]})
    return packed.encode()
