from django.apps import AppConfig


class ChatConfig(AppConfig):
    """The conversation beside a session's stream."""

    name = "chat"
