"""What a PDF holds, by its bytes: whether it is one, and whether anything in it acts."""

import re
import zlib

MOST = 8_000_000  # bytes of unpacked objects in all
# What runs, sends, opens a program, or hides another file; and what cannot be looked into.
ACTS = re.compile(
    rb"/(JavaScript|JS|Launch|SubmitForm|ImportData|EmbeddedFiles?|Filespec|RichMedia|XFA|Encrypt)(?![A-Za-z0-9])"
)
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")  # a name may be written so: /J#53


def is_pdf(data: bytes) -> bool:
    """Whether the bytes begin and end as a PDF does."""
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-1024:]


def acts(data: bytes) -> bool:
    """Whether anything in a PDF acts by itself, or cannot be looked into: then nobody should have to open it."""
    outside: list[bytes] = []
    end = left = 0
    for stream in STREAM.finditer(data):
        before = data[end : stream.start()]
        outside.append(before)
        end = stream.end()
        if b"/ObjStm" in _plain(before[before.rfind(b"obj") :]):  # the objects themselves are packed
            packed = _unpacked(stream[1], MOST - left)
            if packed is None:
                return True
            left += len(packed)
            outside.append(packed)
    return ACTS.search(_plain(b" ".join([*outside, data[end:]]))) is not None


def _plain(data: bytes) -> bytes:
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)


def _unpacked(data: bytes, most: int) -> bytes | None:
    """The bytes of a stream; None for what is packed otherwise or too large."""
    packer = zlib.decompressobj()
    try:
        unpacked = packer.decompress(data, max(1, most))
    except zlib.error:
        return None
    return None if packer.unconsumed_tail else unpacked
