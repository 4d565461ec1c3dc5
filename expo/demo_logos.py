"""Logos of the demo's exhibitors: plain shapes, for the companies are none."""

from collections.abc import Sequence

from PIL import Image, ImageDraw

from common.uploads import of_image
from expo.models import Exhibitor, Logo

SIDE = 192  # pixels
COLOURS = ("#0b5c5e", "#8a3f2d", "#33477a", "#4a5f2b", "#5f3a66", "#7a5c2e", "#c8102e")


def mark(exhibitors: Sequence[Exhibitor]) -> None:
    """Give three of four a logo."""
    for number, exhibitor in enumerate(exhibitors):
        if number % 4 != 3:
            picture = of_image(_drawn(number), exhibitor.name, SIDE)
            exhibitor.logo = Logo.objects.create(exhibitor=exhibitor, **picture).pk
            exhibitor.save(update_fields=["logo"])


def _drawn(number: int) -> Image.Image:
    image = Image.new("RGB", (SIDE, SIDE), "white")
    draw, unit = ImageDraw.Draw(image), SIDE / 8
    first, second = COLOURS[number % 7], COLOURS[(number * 3 + 2) % 7]
    box, inner = [1.5 * unit, 1.5 * unit, 6.5 * unit, 6.5 * unit], [3 * unit, 3 * unit, 5 * unit, 5 * unit]
    if number % 5 == 0:
        draw.ellipse(box, fill=first)
        draw.ellipse(inner, fill="white")
    elif number % 5 == 1:
        draw.rounded_rectangle(box, radius=unit, fill=first)
        draw.polygon([(2.5 * unit, 5.5 * unit), (4 * unit, 2.5 * unit), (5.5 * unit, 5.5 * unit)], fill="white")
    elif number % 5 == 2:
        for step in range(3):
            left, top = (1.5 + step * 1.8) * unit, (4.6 - step * 1.5) * unit
            draw.rectangle([left, top, left + 1.3 * unit, 6.5 * unit], fill=(first, second)[step % 2])
    elif number % 5 == 3:
        draw.pieslice(box, 90, 270, fill=first)
        draw.pieslice(box, 270, 90, fill=second)
    else:
        draw.polygon([(4 * unit, unit), (7 * unit, 4 * unit), (4 * unit, 7 * unit), (unit, 4 * unit)], fill=first)
        draw.ellipse(inner, fill=second)
    return image
