"""The ASGI application: HTTP to Django, the one websocket path to the live engine."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hybrid.settings")
django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter  # noqa: E402  (needs the apps loaded)

from hybrid.handler import ThreadedHandler  # noqa: E402
from hybrid.health import with_health  # noqa: E402
from hybrid.pages import Pages  # noqa: E402
from hybrid.sockets import sockets  # noqa: E402
from hybrid.statics import StaticFiles  # noqa: E402

pages = Pages(ThreadedHandler())
application = ProtocolTypeRouter({"http": with_health(StaticFiles(pages)), "websocket": sockets})
