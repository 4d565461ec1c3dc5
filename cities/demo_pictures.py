"""Pictures of the demo's cases: drawn here, as a place seen from far away."""

from collections.abc import Sequence
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageOps

from cities.models import Case, CasePicture
from cities.pictures import CARD
from common.pictures import drawn
from common.uploads import of_image

SIZE = (960, 540)
# a word of the case's title -> sky, light, far hills, near hills, and what it shows
SCENES = {
    "square": ("#2f5d7c", "#f6d9b0", "#7d8f6a", "#3f5f4b", "A square between houses, planted and without cars"),
    "Green": ("#3a6f86", "#e9f0d2", "#6fa06a", "#2f6b43", "A green corridor between two hills"),
    "wetland": ("#5a4b6e", "#f3c9a5", "#8a9a7b", "#4a6a6e", "The wetland in the evening, with the city behind it"),
}
CREDIT = "Drawn for this demo"


def hang(cases: Sequence[Case]) -> None:
    """Give some published cases a picture."""
    for case in cases:
        scene = next((scene for word, scene in SCENES.items() if word in case.title), None)
        if scene and case.is_public:
            _hang(case, *scene)


def _hang(case: Case, sky: str, light: str, far: str, near: str, caption: str) -> None:
    image = ImageOps.colorize(Image.linear_gradient("L").resize(SIZE), sky, light)
    draw = ImageDraw.Draw(image)
    width, height = SIZE
    for top, colour, step in ((0.58, far, 5), (0.72, near, 3)):
        line = [(at * width / 12, height * (top + 0.05 * ((at * step) % 4) / 3)) for at in range(13)]
        draw.polygon([(0, height), *line, (width, height)], fill=colour)
    for at in range(9):
        left, tall = 60 + at * 100, 40 + (at * 37) % 90
        draw.rectangle((left, height * 0.74 - tall, left + 46, height * 0.8), fill=sky)
    small = BytesIO()
    image.save(small, "PNG")
    kept = of_image(image, "drawing.png") | {"card": drawn(SimpleUploadedFile("card.png", small.getvalue()), CARD).data}
    CasePicture.objects.create(
        case=case, caption=caption, credit=CREDIT, is_public=True, was_public=True, by=case.owner, **kept
    )
