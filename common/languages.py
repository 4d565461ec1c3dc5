"""Languages of content, as the languages of the interface, and what tells them apart; lists, as the page's language
writes them.
"""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _

# Words that say nothing by themselves; they also tell in which language a text is.
COMMON = {
    "en": "the of and in to for with is on by from that at an as are it be we how what a or who was were not your",
    "es": "el la los las de y en que para con por una un del se es al como su más lo sin o a qué cómo nuestra este",
    "ca": "el la els les de i en que per a amb una un del dels es al com seva més l d s sense o ha són què aquest",
    "fr": "le la les de et en que pour avec par une un du des est au aux dans sur l d s sans ou qui à ce cette nous",
    "pt": "o a os as de e em que para com por uma um do da dos das se é ao no na nos nas mais sem ou como seu esta",
    "zh": "的 和 与 在 了 是",
    "ar": "في من على و إلى عن مع أن هذا هذه التي الذي",
}


def spoken(code: str | None) -> str:
    """The language of the interface that is closest to a code of content, such as zh; the first one for none."""
    try:
        return get_supported_language_variant(code or settings.LANGUAGE_CODE)
    except LookupError:
        return str(settings.LANGUAGE_CODE)


def short(code: str) -> str:
    """A language without its script or country, as machines call it: zh of zh-hans, es of es-MX."""
    return code.partition("-")[0].lower()


def listed(parts: Iterable[object]) -> str:
    """Parts of a list in a line, with what the page's language puts between them."""
    return _(", ").join(str(part) for part in parts)
