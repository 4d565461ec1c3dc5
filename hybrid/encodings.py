"""Compressed bodies that end in a part of one's own: what all share is compressed once and kept."""

import re
import struct
import zlib
from dataclasses import dataclass
from functools import cached_property

import brotli  # type: ignore[import-untyped]

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
GZIP_LEVEL, BROTLI_QUALITY = 6, 5
LONGEST = 0xFFFF  # bytes of an own part that stand in one stored block


def accepted(header: bytes) -> str:
    """The best encoding that a client accepts of "br", "gzip" and ""."""
    refused = rb"\s*;\s*q\s*=\s*0(\.0*)?\s*(,|$)"
    for name in (b"br", b"gzip"):
        if re.search(rb"(^|[\s,])" + name + rb"\s*($|[,;])", header) and not re.search(name + refused, header):
            return name.decode()
    return ""


@dataclass(frozen=True)
class SharedBody:
    """Bytes that many share, to which each adds an end of at most LONGEST bytes."""

    plain: bytes

    def with_end(self, end: bytes, encoding: str) -> bytes:
        """The whole body in an encoding that `accepted` gives. The end itself is not compressed: it tells nothing by
        its length, and costs nothing."""
        if encoding == "br":
            return self._brotli + _brotli_end(end)
        if encoding == "gzip":
            crc = zlib.crc32(end, self._crc)
            size = (len(self.plain) + len(end)) & 0xFFFFFFFF
            return self._deflated + _stored(end) + struct.pack("<II", crc, size)
        return self.plain + end

    @cached_property
    def _crc(self) -> int:
        return zlib.crc32(self.plain)

    @cached_property
    def _deflated(self) -> bytes:
        deflate = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        return GZIP_HEAD + deflate.compress(self.plain) + deflate.flush(zlib.Z_SYNC_FLUSH)

    @cached_property
    def _brotli(self) -> bytes:
        compressor = brotli.Compressor(quality=BROTLI_QUALITY)
        return bytes(compressor.process(self.plain) + compressor.flush())


def _stored(end: bytes) -> bytes:
    """The last block of a deflate stream, uncompressed (RFC 1951, 3.2.4)."""
    return struct.pack("<BHH", 1, len(end), len(end) ^ 0xFFFF) + end


def _brotli_end(end: bytes) -> bytes:
    """An uncompressed meta-block and the empty last one (RFC 7932, 9.2)."""
    if not end:
        return b"\x03"
    head = (len(end) - 1) << 3 | 1 << 19  # not the last, four nibbles of length, uncompressed
    return head.to_bytes(3, "little") + end + b"\x03"
