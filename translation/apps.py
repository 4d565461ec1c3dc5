from django.apps import AppConfig


class TranslationConfig(AppConfig):
    """Chat messages and questions in the reader's language, by machines."""

    name = "translation"
