"""A colour that somebody chooses, as it can be read on light and on dark pages (WCAG 2.2: 4.5 to 1 for text)."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# What stands in static/base.css: paper, card, sunk.
LIGHT, DARK = ("#faf8f4", "#ffffff", "#f0ece4"), ("#101516", "#182022", "#0b0f10")
ON_LIGHT, ON_DARK = "#ffffff", "#0b0f10"  # words on the colour itself
READABLE = 4.5
SOFT = 0.12  # of the colour in --accent-soft
STEP = 0.02
CODE = re.compile(r"#[0-9a-f]{6}")


class Palette(NamedTuple):
    """The colour on light and on dark pages."""

    light: str
    dark: str

    @property
    def css(self) -> str:
        """The style sheet that sets it."""
        accent, on_accent = f"light-dark({self.light}, {self.dark})", f"light-dark({ON_LIGHT}, {ON_DARK})"
        return f":root {{ --accent: {accent}; --on-accent: {on_accent}; }}\n"


def valid_colour(code: str) -> None:
    """Raises ValidationError for what is no "#rrggbb" in small letters."""
    if not CODE.fullmatch(code):
        raise ValidationError(_("Write a colour as # and six digits: #0b5c5e."))


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def palette(code: str) -> Palette | None:
    """The colour, made darker for light pages and lighter for dark ones as far as reading needs it; None for none."""
    if not CODE.fullmatch(code):
        return None
    return Palette(_readable(code, "#000000", LIGHT), _readable(code, "#ffffff", DARK))


def least_contrast(code: str, grounds: Iterable[str]) -> float:
    """The smallest contrast of a colour with the grounds, and with the card that it tints."""
    grounds = list(grounds)
    return min(contrast(code, ground) for ground in [*grounds, mixed(grounds[1], code, SOFT)])


def mixed(first: str, second: str, share: float) -> str:
    """A colour with a share (0 to 1) of a second one, as CSS mixes them in sRGB."""
    parts = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(one + (other - one) * share):02x}" for one, other in parts)


def _readable(code: str, towards: str, grounds: Iterable[str]) -> str:
    for step in range(round(1 / STEP) + 1):
        candidate = mixed(code, towards, step * STEP)
        if least_contrast(candidate, grounds) >= READABLE:
            return candidate
    return towards


def _channels(code: str) -> tuple[int, int, int]:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def _luminance(code: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(code))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
