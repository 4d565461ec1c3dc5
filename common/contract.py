"""The contract: each app declares in its `feature.py` what it adds to the platform, as `feature = Feature(...)`.

Lower apps use the merged declarations (`common.registry`) and name no other app. Everything but the name is optional.
Declare functions themselves, not their paths: `feature.py` is imported after all models.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from common.cuts import Cuts

# What entries of the log show now, by their data, in the same order; None: nothing any more.
Source = Callable[[Sequence[Mapping[str, Any]]], Sequence[Mapping[str, Any] | None]]


class Limit(NamedTuple):
    """A rate limit: at most `times` within `seconds`, for each person or address."""

    times: int
    seconds: int


class GuestOption(NamedTuple):
    """Something that an organiser can allow guests of a hall: the role it gives, and its label on the form."""

    role: str
    label: Any


class Personal(NamedTuple):
    """What an app keeps of a person.

    `export(participant)` gives a dictionary ready for JSON, `forget(participant)` deletes the personal data, and
    `named_in(session_id, participant_id)` says whether the moderators of that session read the person's name.
    """

    export: Callable[[Any], dict[str, Any]]
    forget: Callable[[Any], None]
    named_in: Callable[[int, int], bool] | None = None


class RecordWords(NamedTuple):
    """How the record shows an action: its label in the filter, and the sentence after the name of who did it.

    The sentence may hold %(who)s, %(of)s, %(role)s and %(step)s.
    """

    label: Any
    sentence: Any


class Panel(NamedTuple):
    """A part of the session page: `context(template_context, session)` gives what its template shows.

    `read(session, user)` is the part of it that is the same for all of a role, who have no own things; on the session's
    page, `context` finds it as "read". Nobody changes it.
    """

    template: str
    context: Callable[[Any, Any], dict[str, Any]]
    read: Callable[[Any, Any], Any] | None = None


class Entry(NamedTuple):
    """A link on the page: its label, its URL, and a lucide icon ("": none)."""

    label: Any
    url: str
    icon: str = ""


Place = tuple[int, int]  # a participant, and the number of a room's thing: 7 of "session:7"


class Shown(NamedTuple):
    """What a mode of the stage screen shows now, as plain data. The most urgent one is followed (0: none is)."""

    data: Mapping[str, Any]
    urgency: int


class ScreenMode(NamedTuple):
    """Something that the stage screen of a session can show: `shown(session)` is None while there is nothing."""

    label: Any
    template: str
    shown: Callable[[Any], Shown | None]


class Fact(NamedTuple):
    """A number of sessions in the control room: `of(session ids)` gives it for those that have any.

    `words(number)` says it; `url` is the name of the session's page where one sees to it; `alarming`: a positive number
    asks for somebody; `red`: at once.
    """

    of: Callable[[Collection[int]], Mapping[int, int]]
    words: Callable[[int], str]
    icon: str
    url: str
    alarming: bool = False
    red: bool = False

    def alarms(self, number: int) -> bool:
        """Whether that number asks for somebody."""
        return self.alarming and number > 0


class Moment(NamedTuple):
    """What a card in the chat says of something that happens in a session: a poll that is open, a question on stage.

    `panel` is the id of the panel that has the whole of it, `action` the words of the link there. `done` are its words
    for who has done what it asks for: scripts set the class is-done on the link with this `key` (data-done-key).
    """

    label: Any
    text: str
    icon: str
    panel: str
    action: Any
    done: Any = ""
    key: str = ""


class Line(NamedTuple):
    """The private line to the speakers of a session: `shown(session)` is {"id", "text", "acknowledged"}, or None."""

    send: Callable[[Any, Any, str], None]  # session, who, words
    shown: Callable[[Any], Mapping[str, Any] | None]
    acknowledge: Callable[[Any, int], None]  # session, id: by whoever stands before the monitor


class Again(NamedTuple):
    """What a job gives back that is not done yet: when it goes on, and with which data."""

    at: datetime
    data: dict[str, Any]


class Job(NamedTuple):
    """What the scheduler does at a time (scheduler/planning.py), by one of all processes.

    `run(data)` gives back None, or Again. What it writes and its end are one transaction, unless it reaches `outside`
    of the database: then it may happen twice when a process dies. `every`: seconds after which it is done again.
    """

    run: Callable[[dict[str, Any]], Again | None]
    every: int = 0
    outside: bool = False


class Agenda(NamedTuple):
    """What people plan to attend: ids of the sessions that a participant saved, and who saved each of some sessions.

    `follows()` and `saves()` are queries of all rows (participant, theme) and (participant, session).
    """

    saved: Callable[[int], Collection[int]]
    savers: Callable[[Collection[int]], Mapping[int, Collection[int]]]
    follows: Callable[[], Any]
    saves: Callable[[], Any]


class Told(NamedTuple):
    """Something that a participant is told beside changes of sessions: its title and address, and what follows it."""

    at: datetime
    title: str
    url: str
    sentence: str
    fresh: bool  # not seen yet


class Inbox(NamedTuple):
    """What an app tells people beside changes of sessions.

    `told(participant)` is the newest first, `unseen(ids)` how many each has not seen; `seen(participant)`: all is now.
    """

    told: Callable[[Any], Sequence[Told]]
    unseen: Callable[[Collection[int]], Mapping[int, int]]
    seen: Callable[[Any], None]


class Party(NamedTuple):
    """A delegation that others may ask for a meeting. `people` are the participants who answer for it."""

    pk: int
    name: str
    words: str  # what it looks for, in public
    people: Collection[int]


class Delegations(NamedTuple):
    """Whom organisations send to an edition: `listed(edition id, words)` those that are public and have somebody who
    answers, `one(edition id, id)` such a one, `find(ids)` any by id, `answered_by(edition id, participant)` the ids of
    those for which somebody answers, `sends(edition id, participant)` the ids of organisations that send somebody."""

    listed: Callable[[int, str], Sequence[Party]]
    one: Callable[[int, int], Party | None]
    find: Callable[[Collection[int]], Mapping[int, Party]]
    answered_by: Callable[[int, Any], Collection[int]]
    sends: Callable[[int, Any], Collection[int]]


class Agreed(NamedTuple):
    """A meeting that two sides have agreed: when, with whom, about what, where, and its page.

    `key` and `version` tell calendars which one it is, and that it has changed (`changed`).
    """

    key: str
    starts: datetime
    ends: datetime
    other: str
    topic: str
    place: str
    zone: str  # on whose clock it stands
    url: str
    version: int
    changed: datetime


class Link(NamedTuple):
    """A navigation link in a place: "header", "work" (the header's menu of what staff run), "footer", "edition" (under
    its programme's title), "session", "stage" or "tomorrow" (the tabs of Tomorrow.City).

    `entry(request, thing)` gives the Entry, or None to hide it. The thing is the session on a session's page, the
    stage's show in its caller's view, nothing in Tomorrow.City, else the edition.
    """

    place: str
    entry: Callable[[Any, Any], Entry | None]


class PartLine(NamedTuple):
    """A line of what an app adds to a city's profile: its words, where they lead, and a note beside them."""

    text: str
    url: str
    note: Any = ""


class CityPart(NamedTuple):
    """What an app adds to the profile of a city: `lines(city, user)` are those that this person may see.

    The city has at least `pk`, `name`, `country` and `organisation_id`. Without lines the part is not shown.
    """

    title: Any
    lines: Callable[[Any, Any], Sequence[PartLine]]


class Document(NamedTuple):
    """What the search knows of a thing: what everybody reads of it who sees it, as plain text.

    `place` is the line below its title; `keys` are names by which one finds it, too. `themes` are codes, `scope` says
    whose bans count ("edition:1"), `day` is when it takes place, and `clock` from which time on, on its city's clock.
    """

    pk: int
    title: str
    url: str
    place: str = ""
    text: str = ""
    keys: str = ""
    themes: Collection[str] = ()
    language: str = ""  # "" where nobody says
    scope: str = ""
    day: date | None = None
    clock: time | None = None
    owner: int | None = None  # what a passage is of


class Searched(NamedTuple):
    """A kind of thing that the search finds.

    `documents(ids)` gives those that anybody may find: what it leaves out is in the index for nobody. `hidden(user)`
    are the ids of what is in it and not there for this person now. It is written anew with each row of `model` that
    is written in one of the `columns`, and with the rows of `parts` (model -> the lookup from `model` to it).

    `passages`: each is a part of something larger (`Document.owner`), whose ids `hidden` gives then; it is found by its
    text alone, and comes after all other kinds.
    """

    label: Any  # "Sessions"
    one: Any  # "Session"
    icon: str
    model: Any
    columns: Collection[str]
    documents: Callable[[Collection[int]], Iterable[Document]]
    hidden: Callable[[Any], Collection[int]] = lambda user: ()
    themes: Callable[[], Mapping[str, Any]] = dict  # code -> its name
    parts: Mapping[Any, str] = {}
    note: Any = ""  # beside each of them
    passages: bool = False


class Hit(NamedTuple):
    """A passage that was found; `text` is HTML with the words that were asked for marked."""

    url: str
    title: str
    place: str
    text: str


class VoteState(NamedTuple):
    """Where a secret vote stands, "waiting", "open" or "closed", how many have voted, and which version that is."""

    state: str
    ballots: int
    version: int


class SecretVote(NamedTuple):
    """A vote of a session's audience that only who put it counts; each raises Refused with words for who tried.

    `make(session, question, options, by)` gives back its id and those of its options: it waits. `look(ids)` is where
    those stand that are there. `step(id, "open" or "close", by, version)`. `result(id)`, once closed: option -> votes.
    `remove(id, by)`, before it was opened.
    """

    make: Callable[[Any, str, list[str], Any], tuple[int, list[int]]]
    look: Callable[[list[int]], Mapping[int, VoteState]]
    step: Callable[[int, str, Any, int | None], None]
    result: Callable[[int], Mapping[int, int]]
    remove: Callable[[int, Any], None]


class Recorded(NamedTuple):
    """The recording that a session's page plays, as it is cut.

    `offset`: seconds by which what people wrote comes later than at its moment. `until`: when the session ended; what
    came later came afterwards. `parts` are named by hand: seconds of the recording, and a title.
    """

    number: int  # of the version: another cut has another
    cuts: Cuts
    offset: float
    until: datetime
    parts: Sequence[tuple[float, str]] = ()

    def place(self, moment: datetime) -> float | None:
        """Where what people did at a moment comes, in seconds of the recording; None for before or after it."""
        place = self.cuts.place(moment.timestamp()) if moment < self.until else None
        return None if place is None else max(0.0, place + self.offset)

    def window(self, begin: float, end: float) -> tuple[datetime, datetime]:
        """The moments, from and before, that come from one place of the recording on and before another."""
        first, last = self.cuts.span(begin - self.offset if begin else 0.0, end - self.offset)
        upto = min(datetime.fromtimestamp(last, UTC), self.until)
        return min(datetime.fromtimestamp(first, UTC), upto), upto


class Words(NamedTuple):
    """What somebody wrote in a session, and who reads it: everybody in the room (`public`), or its staff alone.

    `language` is what its author said ("": nothing), `names` are those of people in it. A text may be made of lines
    that stand apart on pages, a question and its answers: `places` are the ids of where each of them does.
    """

    text: str
    language: str = ""
    public: bool = True
    names: Collection[str] = ()
    places: Sequence[Collection[str]] = ()

    def by_place(self, translations: Mapping[str, str] | None) -> dict[str, dict[str, str]]:
        """Place -> language -> what stands there; of a translation that has lost a line, nothing does."""
        found: dict[str, dict[str, str]] = {}
        for language, text in (translations or {}).items():
            lines = text.split("\n")
            if len(lines) != len(self.places) or not all(lines):
                continue
            for places, line in zip(self.places, lines, strict=True):
                for place in places:
                    found.setdefault(place, {})[language] = line
        return found


class Translatable(NamedTuple):
    """Things of a kind that machines translate for who reads another language.

    `words(ids)` is what stands now, by id; hidden and deleted things are left out. `newest(session id)` are ids of
    what a page shows first; `of_edition(edition id)` are those of every page of an edition, which stand in its room.
    Entries of the log of these `kinds` say that some are new or have changed: `ids(data)`.
    With `on_request` they are translated only while somebody in the room asks for it. What a machine made is pushed
    by a `template` of their own, if they have one, with `data(ids)`, by id.
    """

    kinds: Collection[str]
    words: Callable[[Collection[str]], Mapping[str, Words]]
    newest: Callable[[int], Collection[str]]
    ids: Callable[[Mapping[str, Any]], Collection[str]] = lambda data: [str(data["id"])]
    on_request: bool = False
    template: str = ""
    data: Callable[[Collection[str]], Mapping[str, Mapping[str, Any]]] = lambda ids: {}
    of_edition: Callable[[int], Collection[str]] | None = None


class Player(NamedTuple):
    """What plays the stream on a session's page.

    `data(session)` is what it plays, as plain data: events carry it too; of many sessions `prepare(sessions)` reads
    before what it needs. `template` draws the player once; `feed` is
    the part of it that events draw anew. `recorded(session)`: how the recording that it plays is cut; None while there
    is none. `with_recording(sessions)` are those of a selection of sessions that play one.
    """

    template: str
    feed: str
    data: Callable[[Any], Mapping[str, Any]]
    prepare: Callable[[Sequence[Any]], None]
    recorded: Callable[[Any], Recorded | None]
    with_recording: Callable[[Any], Any]


class Happened(NamedTuple):
    """Something that happened in a session, as everybody may see it today. `template` draws it from `data`.

    `thing` is the id that the thing has on the session page. Where the exact time would tell who it was, `moment` is
    coarse.
    """

    moment: datetime
    thing: str
    template: str
    data: Mapping[str, Any]


class Chapter(NamedTuple):
    """A moment of a session that one goes to, with a lucide icon."""

    moment: datetime
    title: str
    icon: str


class Replayed(NamedTuple):
    """What an app gives back with a recording: by the rules of today, the same for everybody.

    `between(session, begin, end, most)` is what happened from a moment on and before another, in order, the first
    `most` of it. `total(session, begin, end)`: how many those are; None as `end`: to this day. `activity(session)`:
    full minute -> how much happened in it. `own(session, participant id)`: what one did oneself, moment and words.
    """

    label: Any  # "Chat"
    between: Callable[[Any, datetime, datetime | None, int], Sequence[Happened]]
    total: Callable[[Any, datetime, datetime | None], int]
    chapters: Callable[[Any], Sequence[Chapter]] = lambda session: ()
    activity: Callable[[Any], Mapping[datetime, int]] = lambda session: {}
    own: Callable[[Any, int], Sequence[tuple[datetime, str]]] = lambda session, participant: ()


class Origin(NamedTuple):
    """Something with which a case of Tomorrow.City may begin, as everybody sees it now.

    `draft` is what the case begins with, by the names of its fields. `has_moments`: a moment of its recording may be
    named, as `?t=` seconds behind its address.
    """

    pk: str
    title: str
    url: str
    note: str
    draft: Mapping[str, str]
    has_moments: bool = False


class Origins(NamedTuple):
    """Things of a kind with which cases may begin. What not everybody may see now is never among them.

    `newest(words, most)` are the newest that hold the words, `find(id)` is one of them by its id as text, or None.
    """

    label: Any  # "Recordings"
    newest: Callable[[str, int], Sequence[Origin]]
    find: Callable[[str], Origin | None]


class Assets(NamedTuple):
    """Static files of a page, in their order."""

    styles: Sequence[str] = ()
    scripts: Sequence[str] = ()


class Ask(NamedTuple):
    """A row of the permission matrix: only holders of `action` may request the view by `method`.

    `arguments` are names of the test's objects, and so is "<name>" within a value of `data`.
    """

    action: str
    method: str
    arguments: Sequence[str] = ("session",)
    data: Mapping[str, str] = {}


class CountRow(NamedTuple):
    """A row for a volatile count: its kind of room, an id in its HTML, and the audience that sees it."""

    room: str
    mark: str
    audience: str


@dataclass(frozen=True)
class Matrix:
    """An app's rows of the permission matrix. The tests try each row with every role, by HTTP and by socket."""

    views: Mapping[str, Sequence[Ask]] = field(default_factory=dict)  # by URL name
    open_views: Collection[str] = ()  # URL names for everybody, or for the owner of the thing
    rooms: Mapping[str, str] = field(default_factory=dict)  # kind of room -> action
    writes: Mapping[str, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)  # kind -> action, data
    volatile: Mapping[str, CountRow] = field(default_factory=dict)  # kind -> who sees it


@dataclass(frozen=True)
class DemoCongress:
    """The demo congress so far; a feature's `demo` adds to it, and may give back what goes on when all have."""

    edition: Any
    sessions: Sequence[Any]
    live: Sequence[Any]  # the sessions that are on air
    people: Mapping[str, Any]  # by a short name; visitors can enter as one of them
    crowd: Sequence[Any]  # participants that nobody can enter as
    recorded: Any = None  # a session that is over: each app gives it what comes back with its recording


@dataclass(frozen=True)
class Feature:
    """The declaration of one app.

    Keys of `actions` and `limits` are "<app>.<verb>", of `writes`, `volatile` and `events` "<app>.<kind>" (the template
    of the last two is <app>/events/<kind>.html), of `rooms` the part before the colon of a room's key, of `assets` the
    name of the page's URL ("*": every page).
    """

    name: str
    urls: str | Sequence[Any] = ""  # a module, or the patterns themselves
    roles: Mapping[str, Any] = field(default_factory=dict)  # that exist -> what people read for it
    actions: Mapping[str, Collection[str]] = field(default_factory=dict)  # action of `can` -> roles that hold it
    refusals: Mapping[str, Any] = field(default_factory=dict)  # action -> why others may not
    guests_may: Mapping[str, GuestOption] = field(default_factory=dict)
    limits: Mapping[str, Limit] = field(default_factory=dict)
    participants: Callable[[Collection[int]], Mapping[int, Any]] | None = None  # by id; only one app declares it
    blocks_name: Callable[[str], bool] | None = None  # whether a name is forbidden
    rooms: Mapping[str, Callable[[Any, str], Any]] = field(default_factory=dict)  # gate(user, key) -> Viewer or None
    writes: Mapping[str, Callable[[list[Any]], list[Any]]] = field(default_factory=dict)  # of the socket, in batches
    volatile: Mapping[str, Callable[[list[str]], Mapping[str, Any]]] = field(default_factory=dict)
    # kind of the log -> what its entries show; None: they hold it themselves
    events: Mapping[str, Source | None] = field(default_factory=dict)
    # kind of room -> what participants have of their own in each place, in the same order
    own: Mapping[str, Callable[[list[Place]], list[Any]]] = field(default_factory=dict)
    ticks: Sequence[Callable[[], None]] = ()  # called once a second by every process that has sockets
    listeners: Sequence[Any] = ()  # who keeps what stands for rooms and rights (live.protocols.Listener)
    jobs: Mapping[str, Job] = field(default_factory=dict)  # "<app>.<kind>" -> what is done at a time
    agenda: Agenda | None = None  # only one app declares it
    inbox: Inbox | None = None
    delegations: Delegations | None = None  # only one app declares it
    # Id of a delegation -> the meetings that it was asked for and has agreed to, the first one first
    meetings_of: Callable[[int], Sequence[Agreed]] | None = None  # only one app declares it
    # Of these participants those who wish a mail when somebody would like to write to them
    wish_mail: Callable[[Collection[int]], Collection[int]] | None = None  # only one app declares it
    # Called in the transaction that changes the time, stage or state of an edition's sessions, or their words: each
    # session as it is now, and what of it was before (sessions/changes.py). A session is in one call for each step.
    changed: Callable[[Sequence[tuple[Any, Mapping[str, Any]]]], None] | None = None
    present: Callable[[Collection[str]], None] | None = None  # gets the session keys with a socket now and then
    personal: Personal | None = None
    record: Mapping[str, RecordWords] = field(default_factory=dict)
    record_details: Mapping[str, Any] = field(default_factory=dict)  # key of an entry's details -> its name
    record_values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # key of the details -> value -> name
    # Relations from a session to the one row that the app has of it: the session page reads them with the session.
    beside: Sequence[str] = ()
    # What a session may have: name -> model, and its relations to the session, its stage or edition by their names. The
    # session's page reads with it whether there are such rows, and nobody asks for what it lacks (Session.lacks).
    has: Mapping[str, tuple[Any, Sequence[str]]] = field(default_factory=dict)
    panels: Sequence[Panel] = ()
    tools: Sequence[Panel] = ()  # below the head of the session page
    card: Callable[[Mapping[str, Any]], str] | None = None  # HTML that each card of a session ends with, by its data
    pinned: Sequence[Panel] = ()  # what stands above all panels while it lasts; of several, the last is shown
    speaker_panels: Sequence[Panel] = ()  # of the speaker's page
    stage_panels: Sequence[Panel] = ()  # below the picture of the session page
    screen_panels: Sequence[
        Panel
    ] = ()  # below what the stage screen shows; each is one element of the class screen-band
    control_panels: Sequence[Panel] = ()  # beside the control room; `context` gets the edition
    bars: Sequence[Panel] = ()  # above every page of an edition; `context` gets the edition
    screen: Mapping[str, ScreenMode] = field(default_factory=dict)  # name of the mode -> what the stage screen shows
    facts: Sequence[Fact] = ()  # of the control room
    # "<app>.<thing>" -> what cards say of things of that kind, by their ids as text; no card for those left out
    moments: Mapping[str, Callable[[Collection[str]], Mapping[str, Moment]]] = field(default_factory=dict)
    # Called in the transaction in which one begins (True) or changes: the session, the kind, the thing's id
    moment: Callable[[Any, str, str, bool], None] | None = None
    line: Line | None = None  # only one app declares it
    # Ids of stages -> session -> when what is on air there will end, where the audience was promised another end.
    ends: Callable[[Collection[int]], Mapping[int, datetime]] | None = None  # only one app declares it
    # "<app>.<thing>" -> how machines translate things of that kind
    translatable: Mapping[str, Translatable] = field(default_factory=dict)
    # Texts -> language -> what a machine made of each that it has translated; None while none does. One query.
    translations: Callable[[Collection[str]], Mapping[str, Mapping[str, str]] | None] | None = None
    # Whether a machine may translate an edition's texts from one language into another; only one app declares it
    translates: Callable[[int, str, str], bool] | None = None
    player: Player | None = None  # only one app declares it
    # Called in the transaction that changes a session's recording, or takes it away
    recording_changed: Callable[[Any], None] | None = None
    replayed: Mapping[str, Replayed] = field(default_factory=dict)  # "<app>.<kind>" -> what comes back of it
    vote: SecretVote | None = None  # only one app declares it
    links: Sequence[Link] = ()
    city_parts: Sequence[CityPart] = ()
    searched: Mapping[str, Searched] = field(default_factory=dict)  # kind -> how the search finds it
    # The best passages of a kind for a person's words: user, kind, words, ids of owners, how many
    find: Callable[[Any, str, str, Collection[int], int], Sequence[Hit]] | None = None  # only one app declares it
    # What one may do with people of the directory beside writing to them: edition, their ids, who asks -> id -> a link
    person_links: Callable[[Any, Collection[int], Any], Mapping[int, Entry]] | None = None
    origins: Mapping[str, Origins] = field(default_factory=dict)  # "<app>.<thing>" -> with what cases may begin
    case_panels: Sequence[Panel] = ()  # of the page of a case; `context` gets the case
    # What stands beside the names of people whose organisation is verified: by id, without asking for each name.
    marks: Callable[[], Mapping[int, str]] | None = None  # only one app declares it
    assets: Mapping[str, Assets] = field(default_factory=dict)
    demo: Callable[[DemoCongress], Callable[[], None] | None] | None = None
    ready: Callable[[], None] | None = None  # called once all features are declared
    matrix: Matrix = Matrix()
