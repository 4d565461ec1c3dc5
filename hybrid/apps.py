from django.apps import AppConfig


class HybridConfig(AppConfig):
    """The roof: it wires the apps together and nothing imports it."""

    name = "hybrid"
