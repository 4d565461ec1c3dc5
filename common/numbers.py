"""Numbers that come from outside: from URLs, forms and socket frames."""

from typing import Any

LARGEST_ID = 2**63 - 1  # of a database


def number_in(text: str, most: int = LARGEST_ID) -> int | None:
    """The text as a whole number from 0 to `most`, or None. Only the digits 0-9 count, not those of other scripts."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 19:
        return None
    number = int(text)
    return number if number <= most else None


def id_in(data: Any, name: str) -> int:
    """The database id under a key of JSON that somebody sent; 0 when there is no valid one."""
    number = data.get(name) if isinstance(data, dict) else None
    return number if type(number) is int and 0 < number <= LARGEST_ID else 0
