"""Dates and times in Chinese; a page's own format, such as `date:"j M Y"`, is looked up by its letters."""

from hybrid.formats.en.formats import *  # noqa: F403

DATE_FORMAT = SHORT_DATE_FORMAT = "Y年n月j日"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "Y年n月j日 H:i"
MONTH_DAY_FORMAT = "n月j日"
YEAR_MONTH_FORMAT = "Y年n月"

globals().update(
    {
        "j M": "n月j日",
        "j M Y": "Y年n月j日",
        "j F Y": "Y年n月j日",
        "j M H:i": "n月j日 H:i",
        "j M, H:i": "n月j日 H:i",
        "j M H:i T": "n月j日 H:i T",
        "j M Y H:i": "Y年n月j日 H:i",
        "j M Y, H:i": "Y年n月j日 H:i",
        "j F Y, H:i": "Y年n月j日 H:i",
        "j F Y, H:i:s": "Y年n月j日 H:i:s",
        "D j M": "n月j日 D",
        "D j M Y": "Y年n月j日 D",
        "D j M, H:i": "n月j日 D H:i",
        "l j F": "n月j日 l",
        "l j F, H:i": "n月j日 l H:i",
    }
)
