"""The ASGI application: HTTP to Django, the one websocket path to the live engine."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hybrid.settings")
django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402  (needs the apps loaded)
from django.urls import path  # noqa: E402

from hybrid.handler import OneThreadHandler  # noqa: E402
from hybrid.health import with_health  # noqa: E402
from hybrid.origin import OwnOrigins  # noqa: E402
from live.socket import live_socket  # noqa: E402

# Channels routes any ASGI application, Django's stubs know views only.
router = URLRouter([path("live/", live_socket)])  # type: ignore[arg-type]
application = ProtocolTypeRouter(
    {
        "http": with_health(OneThreadHandler()),
        "websocket": OwnOrigins(router),
    }
)
