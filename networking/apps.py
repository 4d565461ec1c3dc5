from django.apps import AppConfig


class NetworkingConfig(AppConfig):
    """Who lets others find them, and what people write to each other."""

    name = "networking"
