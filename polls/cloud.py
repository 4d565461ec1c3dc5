"""A word cloud's layout: the most frequent word in the middle, the others around it on a spiral, none on another."""

import math
import unicodedata
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 640, 320  # units of the drawing
SMALLEST, LARGEST = 15, 64
GAP = 5


@dataclass
class Box:
    """A word's place: its middle, and half of its width and height."""

    x: float
    y: float
    half_width: float
    half_height: float

    def meets(self, other: "Box") -> bool:
        """Whether the two overlap."""
        return (
            abs(self.x - other.x) < self.half_width + other.half_width
            and abs(self.y - other.y) < self.half_height + other.half_height
        )

    @property
    def inside(self) -> bool:
        """Whether it lies in the drawing as a whole."""
        return (
            self.half_width <= self.x <= WIDTH - self.half_width
            and self.half_height <= self.y <= HEIGHT - self.half_height
        )


def layout(words: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Words {"text", "count"}, the most frequent first, with "x", "y", "size" (units) and "tone" (0-3) added.

    Words for which there is no room any more are left out.
    """
    if not words:
        return []
    most = words[0]["count"]
    placed: list[Box] = []
    drawn = []
    for at, word in enumerate(words):
        size = SMALLEST + (LARGEST - SMALLEST) * math.sqrt(word["count"] / most) * (1 if most > 1 else 0.5)
        size = min(size, 0.9 * WIDTH / max(1.0, _ems(word["text"])))
        box = _place(_ems(word["text"]) * size / 2 + GAP, size * 0.6 + GAP / 2, placed)
        if box:
            placed.append(box)
            drawn.append(word | {"x": round(box.x), "y": round(box.y), "size": round(size), "tone": at % 4})
    return drawn


def _ems(text: str) -> float:
    """About how wide a text is, in units of its size."""
    return sum(
        1.05 if unicodedata.east_asian_width(sign) in "WF" else 0.68 if sign.isupper() else 0.57 for sign in text
    )


def _place(half_width: float, half_height: float, placed: list[Box]) -> Box | None:
    for turn in range(700):
        angle, radius = turn * 0.35, turn * 0.5
        x = WIDTH / 2 + radius * math.cos(angle)
        box = Box(x, HEIGHT / 2 + radius * 0.55 * math.sin(angle), half_width, half_height)
        if box.inside and not any(box.meets(other) for other in placed):
            return box
    return None
