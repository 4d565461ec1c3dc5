"""The contract: what an app declares of itself in its `feature.py`, as `feature = Feature(...)`.

Lower floors go through what is declared (`common.registry`) and name no app. Everything but the name is optional.
Functions are given themselves, not by their path: `feature.py` is imported when all models are.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Limit(NamedTuple):
    """A rate limit: at most `times` within `seconds`, for each person or address."""

    times: int
    seconds: int


class GuestOption(NamedTuple):
    """Something that guests of a hall may do where an organiser allows it: the role it gives, its name on the form."""

    role: str
    label: Any


class Personal(NamedTuple):
    """What an app keeps of a person.

    `export(participant)` gives it as a dictionary ready for JSON, `forget(participant)` takes the person out of it, and
    `named_in(session_id, participant_id)` says whether everybody in that session reads the person's name.
    """

    export: Callable[[Any], dict[str, Any]]
    forget: Callable[[Any], None]
    named_in: Callable[[int, int], bool] | None = None


class RecordWords(NamedTuple):
    """How the record tells of an action: its name in the filter, and the sentence that follows the name of who did it.

    The sentence may hold %(who)s, %(of)s, %(role)s and %(step)s.
    """

    label: Any
    sentence: Any


class Panel(NamedTuple):
    """A panel of the session page: `context(template_context, session)` gives what its template shows."""

    template: str
    context: Callable[[Any, Any], dict[str, Any]]


class Entry(NamedTuple):
    """A link as it is shown: its words, its address, an icon of lucide (empty: none)."""

    label: Any
    url: str
    icon: str = ""


class Shown(NamedTuple):
    """What a mode of the stage screen shows now, as plain data. The most urgent one is followed (0: none is)."""

    data: Mapping[str, Any]
    urgency: int


class ScreenMode(NamedTuple):
    """Something that the stage screen of a session can show: `shown(session)` is None while there is nothing."""

    label: Any
    template: str
    shown: Callable[[Any], Shown | None]


class Link(NamedTuple):
    """An entry of the navigation in a place, "header" or "session". `entry(request, thing)` is None: not shown.

    The thing is the edition in the header, the session on a session's page.
    """

    place: str
    entry: Callable[[Any, Any], Entry | None]


class Assets(NamedTuple):
    """Static files of a page, in their order."""

    styles: Sequence[str] = ()
    scripts: Sequence[str] = ()


class Ask(NamedTuple):
    """A row of the permission matrix: who holds `action` may ask for the view by `method`, nobody else.

    `arguments` name things of the test's world, and so does "<name>" within a value of `data`.
    """

    action: str
    method: str
    arguments: Sequence[str] = ("session",)
    data: Mapping[str, str] = {}


class CountRow(NamedTuple):
    """A row of the matrix for a volatile count: the kind of room, an id in its HTML, and the audience that sees it."""

    room: str
    mark: str
    audience: str


@dataclass(frozen=True)
class Matrix:
    """An app's rows of the permission matrix, which tests go through for every role, over HTTP and the live socket."""

    views: Mapping[str, Sequence[Ask]] = field(default_factory=dict)  # by URL name
    open_views: Collection[str] = ()  # URL names that are for everybody, or for whoever the thing is of
    rooms: Mapping[str, str] = field(default_factory=dict)  # kind of room -> action
    writes: Mapping[str, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)  # kind -> action, data
    volatile: Mapping[str, CountRow] = field(default_factory=dict)  # kind -> who sees it


@dataclass(frozen=True)
class DemoCongress:
    """The demo congress that a feature's `demo` fills: what is there already."""

    edition: Any
    sessions: Sequence[Any]
    live: Sequence[Any]  # the sessions that are on air
    people: Mapping[str, Any]  # those one can enter as, by a short name
    crowd: Sequence[Any]  # participants nobody enters as


@dataclass(frozen=True)
class Feature:
    """What an app takes part in.

    Keys of `actions` and `limits` are "<app>.<verb>", of `writes` and `volatile` "<app>.<kind>" (the template of a
    volatile kind is <app>/events/<kind>.html), of `rooms` the part before the colon of a room's key, of `assets` the
    name of the page's URL ("*": every page).
    """

    name: str
    urls: str | Sequence[Any] = ""  # a module, or the patterns themselves
    roles: Collection[str] = ()  # that exist
    actions: Mapping[str, Collection[str]] = field(default_factory=dict)  # action of `can` -> roles that hold it
    refusals: Mapping[str, Any] = field(default_factory=dict)  # action -> why others may not
    guests_may: Mapping[str, GuestOption] = field(default_factory=dict)
    limits: Mapping[str, Limit] = field(default_factory=dict)
    participants: Callable[[Collection[int]], Mapping[int, Any]] | None = (
        None  # ids -> who is signed in; one app has it
    )
    blocks_name: Callable[[str], bool] | None = None  # whether nobody may be called so
    rooms: Mapping[str, Callable[[Any, str], Any]] = field(default_factory=dict)  # gate(user, key) -> Viewer or None
    writes: Mapping[str, Callable[[list[Any]], list[Any]]] = field(default_factory=dict)  # of the socket, in batches
    volatile: Mapping[str, Callable[[list[str]], Mapping[str, Any]]] = field(default_factory=dict)
    ticks: Sequence[Callable[[], None]] = ()  # called once a second by every process that has sockets
    present: Callable[[Collection[str]], None] | None = None  # told now and then the sign-ins that have a socket
    personal: Personal | None = None
    record: Mapping[str, RecordWords] = field(default_factory=dict)
    record_details: Mapping[str, Any] = field(default_factory=dict)  # key of an entry's details -> its name
    record_values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # key of the details -> value -> name
    panels: Sequence[Panel] = ()
    speaker_panels: Sequence[Panel] = ()  # of the speaker's page
    screen: Mapping[str, ScreenMode] = field(default_factory=dict)  # name of the mode -> what the stage screen shows
    links: Sequence[Link] = ()
    assets: Mapping[str, Assets] = field(default_factory=dict)
    demo: Callable[[DemoCongress], None] | None = None
    matrix: Matrix = Matrix()
