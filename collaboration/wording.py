"""The text that the parties of a commitment sign: always the same characters for the same content, and its SHA-256."""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypedDict

INDENT = "  "


class Milestone(TypedDict):
    """A step on the way: a day (ISO 8601) and what is reached by then."""

    due: str
    what: str


class Content(TypedDict):
    """What a commitment says."""

    title: str
    parties: list[str]
    measure: str
    baseline: str
    target: str
    due: str
    milestones: list[Milestone]


def tidy(text: str) -> str:
    """The text in one normal form (NFC), with line ends of one kind and no blanks at the ends of lines."""
    lines = unicodedata.normalize("NFC", text).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip()


def wording(number: str, version: int, content: Content) -> str:
    """What is signed. Names of parts stand at the margin and nothing else does, so no content can look like another."""
    lines = [f"Commitment {number}, version {version}"]
    for name, value in _parts(content):
        lines.append(f"{name}:")
        lines += [f"{INDENT}{line}" for line in tidy(value).split("\n")]
    return "\n".join(lines) + "\n"


def _parts(content: Content) -> Iterator[tuple[str, str]]:
    yield "Title", content["title"]
    for party in sorted(map(tidy, content["parties"])):
        yield "Party", party
    for name in ("measure", "baseline", "target", "due"):
        yield name.capitalize(), str(content[name])
    for milestone in sorted(content["milestones"], key=lambda row: (row["due"], row["what"])):
        yield f"Milestone {milestone['due']}", milestone["what"]


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def milestones_in(text: str) -> list[Milestone]:
    """The lines "2027-05-01 what is reached" of a field as milestones. Raises ValueError with the line that is none."""
    found: list[Milestone] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        day, _blank, what = line.partition(" ")
        if not is_day(day) or not what.strip():
            raise ValueError(line)
        found.append({"due": day, "what": what.strip()})
    return sorted(found, key=lambda row: row["due"])


def is_day(text: str) -> bool:
    """Whether a text is a day in the form 2027-05-01."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def as_lines(milestones: Sequence[Mapping[str, Any]]) -> str:
    """The milestones as they are written into their field."""
    return "\n".join(f"{row['due']} {row['what']}" for row in milestones)
