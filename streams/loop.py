"""A small live stream of the demo and the tests: twelve seconds of static files, for ever, at the time of day.

What a packager would write: a window of the newest segments, each with its date. The files are the same in each round,
only the time that stands in them goes on.
"""

import struct
from datetime import UTC, datetime
from pathlib import Path

from django.contrib.staticfiles import finders

SCALES = {"video": 15360, "floor": 48000, "es": 48000}  # name -> units a second of the times in its files
SECONDS, SEGMENTS, WINDOW = 2, 6, 8  # of a segment; in the files; in the list


def window(name: str, now: float, base: str) -> str:
    """The media playlist of one rendition at a moment (seconds since 1970). `base` is the address of its first part."""
    newest = int(now // SECONDS) - 1  # the last that is complete
    first = newest - WINDOW + 1
    lines = [
        *("#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{SECONDS}", "#EXT-X-INDEPENDENT-SEGMENTS"),
        f"#EXT-X-MEDIA-SEQUENCE:{first}",
        f'#EXT-X-MAP:URI="{base}/{name}/init.mp4"',
    ]
    for number in range(first, newest + 1):
        moment = datetime.fromtimestamp(number * SECONDS, UTC).isoformat(timespec="milliseconds")
        lines += [f"#EXT-X-PROGRAM-DATE-TIME:{moment.replace('+00:00', 'Z')}", f"#EXTINF:{SECONDS}.0,"]
        lines.append(f"{name}/{number}.m4s")
    return "\n".join(lines) + "\n"


def whole(name: str, seconds: int, base: str) -> str:
    """The media playlist of a recording of one rendition: the same parts, from the beginning to an end."""
    lines = [
        *("#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{SECONDS}", "#EXT-X-INDEPENDENT-SEGMENTS"),
        *("#EXT-X-PLAYLIST-TYPE:VOD", f'#EXT-X-MAP:URI="{base}/{name}/init.mp4"'),
    ]
    for number in range(seconds // SECONDS):
        lines += [f"#EXTINF:{SECONDS}.0,", f"{name}/{number}.m4s"]
    return "\n".join([*lines, "#EXT-X-ENDLIST"]) + "\n"


def segment(name: str, number: int) -> bytes:
    """The segment of that number: one of the files, at its place in time."""
    part = number % SEGMENTS
    content = bytearray(Path(str(finders.find(f"demo/hls/{name}/{part}.m4s"))).read_bytes())
    at = content.index(b"tfdt") + 8  # the box's time, 64 bits
    (within,) = struct.unpack_from(">Q", content, at)
    struct.pack_into(">Q", content, at, within + (number - part) * SECONDS * SCALES[name])
    return bytes(content)
