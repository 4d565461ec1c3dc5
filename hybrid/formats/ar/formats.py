"""Dates and times in Arabic; a page's own format, such as `date:"D j M, H:i"`, is looked up by its letters.

Digits are those of the other pages, as in international congresses: host cities write their clocks with them.
"""

from hybrid.formats.en.formats import *  # noqa: F403

DECIMAL_SEPARATOR, THOUSAND_SEPARATOR = ".", ","

globals().update(
    {
        "j M, H:i": "j F، H:i",
        "j M": "j F",
        "j M Y": "j F Y",
        "j M H:i": "j F H:i",
        "j M H:i T": "j F H:i T",
        "j M Y H:i": "j F Y H:i",
        "j M Y, H:i": "j F Y، H:i",
        "j F Y, H:i": "j F Y، H:i",
        "j F Y, H:i:s": "j F Y، H:i:s",
        "D j M": "l j F",
        "D j M Y": "l j F Y",
        "D j M, H:i": "l j F، H:i",
        "D H:i": "l H:i",
        "l j F, H:i": "l j F، H:i",
    }
)
