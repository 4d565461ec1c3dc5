"""What a stream address is and how it is played."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

YOUTUBE = re.compile(r"(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:.*&)?v=|embed/|live/)|youtu\.be/)([\w-]{6,20})")
VIMEO = re.compile(r"vimeo\.com/(?:video/|event/)?(\d{3,15})")
TYPES = {".m3u8": "application/vnd.apple.mpegurl", ".mp4": "video/mp4", ".webm": "video/webm", ".ogv": "video/ogg"}


@dataclass(frozen=True)
class Source:
    """`player` is "frame" (src is an embeddable page) or "video" (src is a file or HLS list of `type`)."""

    player: str
    src: str
    type: str = ""


def parse(stream: str) -> list[Source]:
    """The sources of a stream field, one per line; lines that nothing here can play are left out."""
    sources = [_source(line.strip()) for line in stream.splitlines() if line.strip()]
    return [source for source in sources if source]


def _source(address: str) -> Source | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    local = address.startswith("/") and not address.startswith("//")
    if parts.scheme not in ("http", "https") and not local:
        return None
    if match := YOUTUBE.search(address):
        return Source("frame", f"https://www.youtube-nocookie.com/embed/{match[1]}")
    if match := VIMEO.search(address):
        return Source("frame", f"https://player.vimeo.com/video/{match[1]}")
    suffix = "." + parts.path.rsplit(".", 1)[-1].lower()
    return Source("video", address, TYPES[suffix]) if suffix in TYPES else None
