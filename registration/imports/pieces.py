"""The pieces of an upload as one file, with one piece at a time in memory."""

import io
from typing import IO, Any

from registration.models import Import


class Pieces(io.RawIOBase):
    """The bytes of an import's pieces in their order; seekable to the beginning only."""

    def __init__(self, job: Import) -> None:
        self._pieces = job.pieces.order_by("number")
        self._rewind()

    @classmethod
    def opened(cls, job: Import) -> IO[bytes]:
        """The file of an import, with a buffer."""
        return io.BufferedReader(cls(job))

    def _rewind(self) -> None:
        self._rest, self._at = memoryview(b""), 0
        self._data = iter(self._pieces.values_list("data", flat=True).iterator(chunk_size=1))

    def readable(self) -> bool:
        """Always True."""
        return True

    def seekable(self) -> bool:
        """Always True, though only to the beginning."""
        return True

    def tell(self) -> int:
        """The position in bytes."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go back to the beginning and give 0 back. Raises UnsupportedOperation for any other position."""
        if (offset, whence) != (0, io.SEEK_SET):
            raise io.UnsupportedOperation("Pieces can only be rewound.")
        self._rewind()
        return 0

    def readinto(self, buffer: Any, /) -> int:
        """Fill the buffer and give back the number of bytes; 0 at the end."""
        while not self._rest:
            data = next(self._data, None)
            if data is None:
                return 0
            self._rest = memoryview(bytes(data))
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest, self._at = self._rest[size:], self._at + size
        return size
