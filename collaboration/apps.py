from django.apps import AppConfig


class CollaborationConfig(AppConfig):
    """What cities and their partners promise, take over from each other, and send people for."""

    name = "collaboration"
