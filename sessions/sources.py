"""What a stream address is and how it is played."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

YOUTUBE = re.compile(r"(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:.*&)?v=|embed/|live/)|youtu\.be/)([\w-]{6,20})")
VIMEO = re.compile(r"vimeo\.com/(?:video/|event/)?(\d{3,15})")
HLS, WHEP, FILE = "hls", "whep", "file"
YOUTUBE_KIND, VIMEO_KIND = "youtube", "vimeo"
FRAMES = (YOUTUBE_KIND, VIMEO_KIND)  # kinds that play in a page of others
TYPES = {".mp4": "video/mp4", ".webm": "video/webm", ".ogv": "video/ogg"}


@dataclass(frozen=True)
class Source:
    """Something that plays: `kind` is one of the above, `src` the address of a list, a file, a page or a service."""

    kind: str
    src: str
    type: str = ""


def parse(stream: str) -> list[Source]:
    """The sources of a stream field, one per line; lines that nothing here can play are left out."""
    sources = [source_of(line.strip()) for line in stream.splitlines() if line.strip()]
    return [source for source in sources if source]


def source_of(address: str) -> Source | None:
    """What an address plays; None when nothing here can play it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    local = address.startswith("/") and not address.startswith("//")
    if parts.scheme not in ("http", "https") and not local:
        return None
    if match := YOUTUBE.search(address):
        return Source(YOUTUBE_KIND, f"https://www.youtube-nocookie.com/embed/{match[1]}")
    if match := VIMEO.search(address):
        return Source(VIMEO_KIND, f"https://player.vimeo.com/video/{match[1]}")
    path = parts.path.lower().rstrip("/")
    if path.endswith(".m3u8"):
        return Source(HLS, address)
    if path.endswith("/whep"):
        return Source(WHEP, address)
    suffix = "." + path.rsplit(".", 1)[-1]
    return Source(FILE, address, TYPES[suffix]) if suffix in TYPES else None
