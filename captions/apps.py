from django.apps import AppConfig


class CaptionsConfig(AppConfig):
    """What is said, in writing: live captions, and the transcript that they become."""

    name = "captions"
