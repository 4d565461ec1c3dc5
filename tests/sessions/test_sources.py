"""What a stream address becomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.sources import Source, parse

YOUTUBE = Source("youtube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")
VIMEO = Source("vimeo", "https://player.vimeo.com/video/76979871")


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
        ("https://www.youtube.com/watch?list=x&v=dQw4w9WgXcQ", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXcQ?t=3", YOUTUBE),
        ("https://www.youtube.com/live/dQw4w9WgXcQ", YOUTUBE),
        ("https://vimeo.com/76979871", VIMEO),
        ("https://player.vimeo.com/video/76979871", VIMEO),
        (
            "https://a.example/x.m3u8?k=1",
            Source("hls", "https://a.example/x.m3u8?k=1"),
        ),
        ("https://a.example/room/whep", Source("whep", "https://a.example/room/whep")),
        ("/static/demo/city.webm", Source("file", "/static/demo/city.webm", "video/webm")),
    ],
)
def test_known_addresses(address, source):
    assert parse(address) == [source]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:video/mp4;base64,x", "//evil.example/x.mp4", "ftp://a/x.mp4", "http://[x/y.mp4", "x"],
)
def test_nothing_else_is_played(address):
    assert parse(address) == []


def test_the_best_comes_first():
    lines = "https://a.example/x.m3u8\n\nnonsense\nhttps://a.example/x.mp4"
    assert [source.kind for source in parse(lines)] == ["hls", "file"]


@given(st.text())
def test_any_text_is_parsed_and_only_safe_addresses_come_out(text):
    for source in parse(text):
        assert source.src.startswith(("https://", "http://", "/"))
