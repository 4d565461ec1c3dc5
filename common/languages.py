"""Languages of content, as the languages of the interface."""

from django.conf import settings
from django.utils.translation import get_supported_language_variant


def spoken(code: str | None) -> str:
    """The language of the interface that is closest to a code of content, such as zh; the first one for none."""
    try:
        return get_supported_language_variant(code or settings.LANGUAGE_CODE)
    except LookupError:
        return str(settings.LANGUAGE_CODE)
