from django.apps import AppConfig


class LiveConfig(AppConfig):
    """The real-time engine: rooms, event log, hub, socket. It knows no feature."""

    name = "live"
