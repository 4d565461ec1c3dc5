from django.apps import AppConfig


class CitiesConfig(AppConfig):
    """Tomorrow.City: what cities know, want and offer, all year."""

    name = "cities"
