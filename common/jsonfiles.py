"""JSON files read piece by piece, so that a large file is never in memory as a whole."""

import json
from collections.abc import Iterator
from typing import IO, Any

CHUNK = 65_536  # characters
MAX_VALUE = 2_000_000  # characters of one value that is read at once
MAX_MEMBERS = 500_000  # of one list or object
_DECODER = json.JSONDecoder()


class JsonFile:
    """A reader at one position of a JSON text. Raises ValueError for bad JSON, RecursionError for too deep nesting.

    `names` and `items` stop before each value. Read it (`value`, `names`, `items`) or `skip` it before you go on.
    """

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self._buffer, self._at = "", 0

    def peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            while self._at < len(self._buffer):
                if self._buffer[self._at] not in " \t\r\n\ufeff":
                    return self._buffer[self._at]
                self._at += 1
            if not self._more():
                return ""

    def value(self) -> Any:
        """Read the value at this position."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError:
                if not self._more():
                    raise
            else:
                if self._buffer[end : end + 1] not in ("", ".", "e", "E") or not self._more():  # a number may go on
                    self._at = end
                    return value

    def names(self) -> Iterator[str]:
        """Go through the object at this position; gives each key."""
        for _number in self._members("{", "}"):
            key = self.value()
            if not isinstance(key, str):
                raise ValueError("a key that is no text")
            self._take(":")
            yield key

    def items(self) -> Iterator[int]:
        """Go through the list at this position; gives the number of each item, from 0."""
        return self._members("[", "]")

    def skip(self) -> None:
        """Go past the value at this position. A list or an object may have any size, its members at most MAX_VALUE."""
        walk = {"[": self.items, "{": self.names}.get(self.peek())
        if walk is None:
            self.value()
            return
        for _member in walk():
            self.value()

    def end(self) -> None:
        """Raises ValueError when anything but white space follows."""
        if self.peek():
            raise ValueError("something follows the end")

    def _members(self, opening: str, closing: str) -> Iterator[int]:
        self._take(opening)
        number = 0
        while self.peek() != closing:
            if number == MAX_MEMBERS:
                raise ValueError("too many members")
            if number:
                self._take(",")
            yield number
            number += 1
        self._take(closing)

    def _take(self, char: str) -> None:
        if self.peek() != char:
            raise ValueError(f"no {char} where one belongs")
        self._at += 1

    def _more(self) -> bool:
        """Read more text, twice as much each time; False at the end of the file."""
        left = len(self._buffer) - self._at
        if left > MAX_VALUE:
            raise ValueError("a value is too large")
        more = self._text.read(max(CHUNK, left))
        self._buffer, self._at = self._buffer[self._at :] + more, 0
        return bool(more)
