"""The multivariant playlist of an HLS source, written from its renditions (RFC 8216)."""

from collections.abc import Sequence

from streams.models import Rendition

TYPE = "application/vnd.apple.mpegurl"
SOUND_ONLY = "sound"
SOUND_CODEC, SOUND_BANDWIDTH = "mp4a.40.2", 96_000


def multivariant(renditions: Sequence[Rendition], picture: str = "") -> str:
    """The list with all languages and one choice of picture: "" the speaker's, a signed one by its id, or SOUND_ONLY.

    Sound stands beside the picture, never in it: else the language could not be changed. "" when nothing would play.
    """
    sounds = [each for each in renditions if each.kind == Rendition.Kind.AUDIO]
    subtitles = [each for each in renditions if each.kind == Rendition.Kind.SUBTITLES]
    lines = ["#EXTM3U", "#EXT-X-VERSION:6", "#EXT-X-INDEPENDENT-SEGMENTS"]
    lines += [_media("AUDIO", each, number == 0) for number, each in enumerate(sounds)]
    lines += [_media("SUBTITLES", each, False) for each in subtitles]
    variants = _variants(renditions, picture)
    if picture == SOUND_ONLY and sounds:
        groups = _groups(sounds, subtitles)
        head = (
            f'#EXT-X-STREAM-INF:BANDWIDTH={SOUND_BANDWIDTH},CODECS="{_quoted(sounds[0].codecs or SOUND_CODEC)}"{groups}'
        )
        lines += [head, _line(sounds[0].address)]
    elif variants:
        for each in variants:
            lines += [_stream(each, _groups(sounds, subtitles)), _line(each.address)]
    else:
        return ""
    return "\n".join(lines) + "\n"


def _variants(renditions: Sequence[Rendition], picture: str) -> list[Rendition]:
    signed = [each for each in renditions if each.kind == Rendition.Kind.SIGN and str(each.pk) == picture]
    return signed or [each for each in renditions if each.kind == Rendition.Kind.VIDEO]


def _media(kind: str, each: Rendition, default: bool) -> str:
    chosen = "YES" if default else "NO"
    language = f',LANGUAGE="{_quoted(each.language)}"' if each.language else ""
    return (
        f'#EXT-X-MEDIA:TYPE={kind},GROUP-ID="{kind.lower()}",NAME="{_quoted(each.name)}"{language},'
        f'DEFAULT={chosen},AUTOSELECT=YES,URI="{_quoted(each.address)}"'
    )


def _stream(each: Rendition, groups: str) -> str:
    size = f",RESOLUTION={round(each.height * 16 / 9)}x{each.height}" if each.height else ""
    codecs = f',CODECS="{_quoted(each.codecs)}"' if each.codecs else ""
    return f"#EXT-X-STREAM-INF:BANDWIDTH={each.bandwidth}{size}{codecs}{groups}"


def _groups(sounds: Sequence[Rendition], subtitles: Sequence[Rendition]) -> str:
    return (',AUDIO="audio"' if sounds else "") + (',SUBTITLES="subtitles"' if subtitles else "")


def _line(text: str) -> str:
    """The text on one line: nothing that a person wrote begins another tag."""
    return "".join(text.split("\n")).replace("\r", "")


def _quoted(text: str) -> str:
    return _line(text).replace('"', "'")
