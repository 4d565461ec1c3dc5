"""Schedule XML (frab, pretalx, wafer) -> Schedule."""

import re
import xml.sax
from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder, tostring

import defusedxml.sax  # type: ignore[import-untyped]
from defusedxml import DefusedXmlException

from sessions.schedule.document import IDENTITIES, Conference, Day, Event, Person, Schedule, ScheduleError, stable_guid

MAX_DEPTH = 100
MAX_PARTS = 2_000_000  # tags and attributes; a congress of a thousand events has 80,000
_LINE = "#line"  # no attribute of a file can have this name
_DECLARATION = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}?encoding=[\"']([\w.:-]{1,40})[\"'][^>]{0,200}?\?>")
# The parser knows Unicode and single-byte encodings; these are decoded for it.
_MULTIBYTE = {"gb2312", "gbk", "gb18030", "big5", "big5-hkscs", "shift_jis", "euc-jp", "iso-2022-jp", "euc-kr"}


def parse(raw: bytes) -> Schedule:
    """Raises ScheduleError with line and column for what is not well-formed, hostile, or no schedule."""
    root = _tree(raw)
    if root.tag != "schedule":
        raise ScheduleError(f"line {root.get(_LINE)}: the root element is <{root.tag}>, not <schedule>")
    schedule = Schedule(_conference(root.find("conference")))
    biographies = _biographies(root)
    for day_element in root.iter("day"):
        day = Day(_field(day_element, "date"), _field(day_element, "start"))
        schedule.days.append(day)
        schedule.events.extend(_event(element, day, room, biographies) for room, element in _events(day_element))
    schedule.events.extend(_event(element, Day(), room, biographies) for room, element in _events(root))
    return schedule


class _Builder(xml.sax.ContentHandler):
    """Builds the element tree and notes at each root and event the line where it begins."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()
        self.depth = 0
        self.locator: xml.sax.xmlreader.Locator | None = None

    def setDocumentLocator(self, locator: xml.sax.xmlreader.Locator) -> None:
        self.locator = locator

    def startElement(self, name: str, attrs: xml.sax.xmlreader.AttributesImpl) -> None:
        line = self.locator.getLineNumber() if self.locator else 0
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ScheduleError(f"line {line}: elements are nested deeper than in any schedule")
        name = name.rpartition(":")[2]
        noted = {_LINE: str(line)} if name == "event" or self.depth == 1 else {}
        self.tree.start(name, dict(attrs.items()) | noted)

    def endElement(self, name: str) -> None:
        self.depth -= 1
        self.tree.end(name.rpartition(":")[2])

    def characters(self, content: str) -> None:
        self.tree.data(content)


def _tree(raw: bytes) -> Element:
    if raw.count(b"<") + raw.count(b"=") > MAX_PARTS:
        raise ScheduleError(f"the XML has more than {MAX_PARTS:,} parts, more than any schedule has")
    builder = _Builder()
    try:
        # A bare DOCTYPE is harmless; what it could declare (entities, external files) is refused.
        defusedxml.sax.parseString(_decoded(raw), builder, forbid_dtd=False)
        return builder.tree.close()
    except DefusedXmlException as error:
        line = builder.locator.getLineNumber() if builder.locator else 1
        raise ScheduleError(f"line {line}: entities and external references are not allowed ({error})") from error
    except xml.sax.SAXParseException as error:
        at = f"line {error.getLineNumber()}, column {(error.getColumnNumber() or 0) + 1}"
        raise ScheduleError(f"{at}: {error.getMessage()}") from error
    except (ValueError, LookupError, AssertionError, xml.sax.SAXException) as error:
        raise ScheduleError(f"line 1: the XML cannot be read: {error}") from error


def _decoded(raw: bytes) -> bytes:
    """The same document in UTF-8 when its encoding is one the parser does not know."""
    declared = _DECLARATION.match(raw)
    if declared is None or (name := declared[1].decode().lower()) not in _MULTIBYTE:
        return raw
    return raw[declared.end() :].decode(name).encode()


def _events(parent: Element) -> Iterator[tuple[str, Element]]:
    """The events below a day (or the root), each with its room's name."""
    for element in parent.findall("event"):
        yield "", element
    for room in parent.findall("room"):
        for element in room.findall("event"):
            yield _field(room, "name"), element


def _field(element: Element | None, *names: str) -> str:
    """The first child or attribute of these names that is not blank: exports differ in which of both they use."""
    if element is None:
        return ""
    for name in names:
        child = element.find(name)
        text = "".join(child.itertext()) if child is not None else ""
        if text := text.strip() or element.get(name, "").strip():
            return text
    return ""


def _markup(element: Element, name: str) -> str:
    """A child's content, with any elements inside it kept as HTML."""
    child = element.find(name)
    if child is None or not len(child):
        return _field(element, name)
    return (child.text or "") + "".join(tostring(part, encoding="unicode") for part in child)


def _conference(element: Element | None) -> Conference:
    return Conference(
        title=_field(element, "title", "acronym"),
        start=_field(element, "start"),
        end=_field(element, "end"),
        timezone=_field(element, "time_zone_name"),
        city=_field(element, "city"),
        day_change=_field(element, "day_change"),
    )


def _biographies(root: Element) -> dict[str, str]:
    """Identity of a person ("guid:...") -> biography, from the list of all persons that some files carry."""
    biographies: dict[str, str] = {}
    for person in root.findall("persons/person"):
        for kind, value in _identities(person).items():
            biographies.setdefault(f"{kind}:{value}", _markup(person, "biography"))
    return biographies


def _identities(person: Element) -> dict[str, str]:
    return {kind: value for kind in IDENTITIES if (value := _field(person, kind))}


def _person(element: Element, biographies: dict[str, str]) -> Person:
    identities = _identities(element)
    listed = (biographies.get(f"{kind}:{value}", "") for kind, value in identities.items())
    name = _field(element, "public_name", "name", "full_public_name") or (element.text or "").strip()
    return Person(identities, name, _markup(element, "biography") or next(filter(None, listed), ""))


def _event(element: Element, day: Day, room: str, biographies: dict[str, str]) -> Event:
    event_id, code, slug = (_field(element, name) for name in ("id", "code", "slug"))
    guid = stable_guid(_field(element, "guid"), event_id, code, slug)
    plain = ("title", "subtitle", "date", "start", "duration", "end", "track", "language", "logo")
    return Event(
        where=f"line {element.get(_LINE)}, event {guid or '?'}",
        day=day,
        guid=guid,
        kind=_field(element, "type"),
        room=_field(element, "room") or room,
        abstract=_markup(element, "abstract"),
        description=_markup(element, "description"),
        persons=tuple(_person(person, biographies) for person in element.findall("persons/person")),
        **{name: _field(element, name) for name in plain},
    )
