"""The demo edition's logo: towers and a river, drawn here."""

from PIL import Image, ImageDraw

from common.uploads import of_image
from planning import logos
from sessions.models import Edition

TOWERS = ((2, 9, 5), (6, 4, 9), (10, 7, 13), (14, 10, 16))  # left, top, right, in sixteenths
INK, RIVER = "#0b5c5e", "#6fd0c8"


def mark(edition: Edition) -> None:
    """Give the edition its logo."""
    image = Image.new("RGBA", (144 * 2, 128 * 2))
    draw, unit = ImageDraw.Draw(image), 16
    for left, top, right in TOWERS:
        draw.rectangle((left * unit, top * unit, right * unit, 12 * unit), fill=INK)
    draw.rounded_rectangle((unit, 13 * unit, 17 * unit, 14.5 * unit), radius=unit * 0.75, fill=RIVER)
    logos.keep(edition, of_image(image, "logo.png", logos.SIDE), None)
