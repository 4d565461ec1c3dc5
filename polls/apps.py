from django.apps import AppConfig


class PollsConfig(AppConfig):
    """Polls: the audience answers, the speaker watches it happen."""

    name = "polls"
