"""Portraits of the demo's speakers: a figure before a plain ground, for nobody has that face."""

from collections.abc import Iterable

from PIL import Image, ImageDraw

from common.uploads import of_image
from sessions.models import Speaker, SpeakerPhoto
from sessions.schedule.photos import SIDE

# Ground and figure.
COLOURS = (
    *(("#d9c7a3", "#7a5c2e"), ("#a9c4bd", "#0b5c5e"), ("#d6b3a9", "#8a3f2d"), ("#b3bdd4", "#33477a")),
    *(("#c9c1b2", "#4d4a42"), ("#bccda8", "#4a5f2b"), ("#cdb6cf", "#5f3a66")),
)


def portray(speakers: Iterable[Speaker]) -> None:
    """Give each of the speakers a portrait, in place of any photo."""
    SpeakerPhoto.objects.filter(speaker__in=list(speakers)).delete()
    for speaker in speakers:
        SpeakerPhoto.objects.create(speaker=speaker, **of_image(_portrait(speaker.pk), speaker.name, SIDE))


def _portrait(number: int) -> Image.Image:
    ground, figure = COLOURS[number % len(COLOURS)]
    image = Image.new("RGB", (SIDE, SIDE), ground)
    draw, unit = ImageDraw.Draw(image), SIDE / 16
    for left, top, right, bottom in ((5, 3, 11, 10.4), (1.5, 11.4, 14.5, 24)):  # head and shoulders
        draw.ellipse([left * unit, top * unit, right * unit, bottom * unit], fill=figure)
    return image
