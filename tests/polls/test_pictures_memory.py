"""Small files that are huge images: bounded before they are decoded, and decoded one at a time."""

import io

import pytest
from PIL import Image

from tests.memory import megabytes

LARGE = (4096, 3040)  # just within the limit
PREPARE = """
import io, threading
from django import forms
from PIL import Image
from common.pictures import drawn
data = open({path!r}, "rb").read()
told = []
def draw():
    try:
        told.append(len(drawn(io.BytesIO(data), 640).data))
    except forms.ValidationError as error:
        told.append(str(error))
"""
EIGHT = """
threads = [threading.Thread(target=draw) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert len(told) == 8 and all({outcome}), told
"""


def peak_of_eight(path, outcome):
    return megabytes(PREPARE.format(path=str(path)), EIGHT.format(outcome=outcome))


@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [
        ("PNG", "RGBA", {}),
        ("PNG", "P", {"transparency": 0}),
        ("JPEG", "RGB", {"progressive": True, "subsampling": 0}),
        ("WEBP", "RGBA", {"lossless": True}),
    ],
)
def test_eight_pictures_at_once_take_the_memory_of_one(tmp_path, kind, mode, options):
    path = tmp_path / "picture"
    Image.new(mode, LARGE).save(path, kind, **options)
    assert path.stat().st_size < 200_000
    assert peak_of_eight(path, "isinstance(one, int) for one in told") < 260


@pytest.mark.parametrize(
    ("kind", "size"), [("PNG", (13_000, 13_000)), ("WEBP", (16_000, 11_000)), ("PNG", (4000, 3200))]
)
def test_too_many_pixels_are_refused_before_they_are_decoded(tmp_path, kind, size):
    path = tmp_path / "picture"
    Image.new("1" if kind == "PNG" else "RGB", size).save(path, kind, lossless=True)
    assert peak_of_eight(path, "'12 megapixels' in one for one in told") < 40


def test_a_header_that_lies_is_refused(tmp_path):
    out = io.BytesIO()
    Image.new("RGB", (10, 10)).save(out, "PNG")
    data = bytearray(out.getvalue())
    data[16:24] = (4000).to_bytes(4, "big") + (3000).to_bytes(4, "big")
    (tmp_path / "picture").write_bytes(data)
    assert peak_of_eight(tmp_path / "picture", "'no PNG' in one for one in told") < 120
