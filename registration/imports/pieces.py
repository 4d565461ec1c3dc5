"""The pieces of an upload as one file, of which one piece at a time is in memory."""

import io
from typing import IO, Any

from registration.models import Import


class Pieces(io.RawIOBase):
    """The bytes of the pieces, one after the other; can be rewound, and go nowhere else."""

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
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        if (offset, whence) != (0, io.SEEK_SET):
            raise io.UnsupportedOperation("Pieces can only be rewound.")
        self._rewind()
        return 0

    def readinto(self, buffer: Any, /) -> int:
        while not self._rest:
            data = next(self._data, None)
            if data is None:
                return 0
            self._rest = memoryview(bytes(data))
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest, self._at = self._rest[size:], self._at + size
        return size
