"""A small live stream of the demo and the tests: twelve seconds of static files, for ever, at the time of day.

What a packager would write: a window of the newest segments, each with its date.
"""

from datetime import UTC, datetime

NAMES = ("video", "floor", "es")
SECONDS, SEGMENTS, WINDOW = 2, 6, 8  # of a segment; in the files; in the list


def window(name: str, now: float, base: str) -> str:
    """The media playlist of one rendition at a moment (seconds since 1970). `base` is the address of its folder."""
    newest = int(now // SECONDS) - 1  # the last that is complete
    first = newest - WINDOW + 1
    lines = [
        *("#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{SECONDS}", "#EXT-X-INDEPENDENT-SEGMENTS"),
        f"#EXT-X-MEDIA-SEQUENCE:{first}",
        f"#EXT-X-DISCONTINUITY-SEQUENCE:{first // SEGMENTS}",
        f'#EXT-X-MAP:URI="{base}/{name}/init.mp4"',
    ]
    for number in range(first, newest + 1):
        if number % SEGMENTS == 0 and number > first:
            lines += ["#EXT-X-DISCONTINUITY", f'#EXT-X-MAP:URI="{base}/{name}/init.mp4"']
        moment = datetime.fromtimestamp(number * SECONDS, UTC).isoformat(timespec="milliseconds")
        lines += [f"#EXT-X-PROGRAM-DATE-TIME:{moment.replace('+00:00', 'Z')}", f"#EXTINF:{SECONDS}.0,"]
        lines.append(f"{base}/{name}/{number % SEGMENTS}.m4s")
    return "\n".join(lines) + "\n"
