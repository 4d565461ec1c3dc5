from django.apps import AppConfig


class StreamsConfig(AppConfig):
    """Where streams come from, and the player that shows them."""

    name = "streams"
