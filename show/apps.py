from django.apps import AppConfig


class ShowConfig(AppConfig):
    """Running the show: the speaker's page and the stage screen."""

    name = "show"

    def ready(self) -> None:
        from show import following  # noqa: F401 its receivers
