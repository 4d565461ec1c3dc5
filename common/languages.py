"""Languages of content, as the languages of the interface; and lists, as the page's language writes them."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _


def spoken(code: str | None) -> str:
    """The language of the interface that is closest to a code of content, such as zh; the first one for none."""
    try:
        return get_supported_language_variant(code or settings.LANGUAGE_CODE)
    except LookupError:
        return str(settings.LANGUAGE_CODE)


def listed(parts: Iterable[object]) -> str:
    """Parts of a list in a line, with what the page's language puts between them."""
    return _(", ").join(str(part) for part in parts)
