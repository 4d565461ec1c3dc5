"""The declarations of all installed apps, merged when Django starts, in the order of INSTALLED_APPS."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from common.contract import (
    Agenda,
    Agreed,
    Assets,
    CityPart,
    Entry,
    Fact,
    Feature,
    GuestOption,
    Hit,
    Job,
    Limit,
    Line,
    Link,
    Moment,
    Origins,
    Panel,
    Party,
    Personal,
    Place,
    Player,
    RecordWords,
    Replayed,
    ScreenMode,
    Searched,
    SecretVote,
    Source,
    Translatable,
)

MERGED = (
    *("actions", "refusals", "guests_may", "limits", "rooms", "writes", "volatile", "events"),
    *("record", "record_details", "record_values", "screen", "jobs", "searched", "moments", "translatable"),
    *("replayed", "origins", "has"),
)

Translations = Mapping[str, Mapping[str, str] | None]
Waiting = list[tuple[Collection[str], Callable[[Translations], None]]]
_waiting: ContextVar[Waiting | None] = ContextVar("waiting", default=None)


class Registry:
    """The merged declarations. They are plain dictionaries, because every write and every frame reads them."""

    def __init__(self) -> None:
        self.features: dict[str, Feature] = {}
        self._all: dict[str, tuple[Any, ...]] = {}  # field -> its values: pages ask some two hundred times
        self.declared_twice: list[tuple[str, str, str, str]] = []  # field, key, first app, second app
        self.roles: dict[str, Any] = {}  # with what people read for each
        self.actions: dict[str, frozenset[str]] = {}
        self.refusals: dict[str, Any] = {}
        self.guests_may: dict[str, GuestOption] = {}
        self.limits: dict[str, Limit] = {}
        self.rooms: dict[str, Callable[[Any, str], Any]] = {}
        self.writes: dict[str, Callable[[list[Any]], list[Any]]] = {}
        self.volatile: dict[str, Callable[[list[str]], Mapping[str, Any]]] = {}
        self.events: dict[str, Source | None] = {}
        self.own: dict[str, dict[str, Callable[[list[Place]], list[Any]]]] = {}  # kind of room -> app
        self.record: dict[str, RecordWords] = {}
        self.record_details: dict[str, Any] = {}
        self.record_values: dict[str, Mapping[str, Any]] = {}
        self.screen: dict[str, ScreenMode] = {}
        self.jobs: dict[str, Job] = {}
        self.searched: dict[str, Searched] = {}
        self.replayed: dict[str, Replayed] = {}
        self.origins: dict[str, Origins] = {}
        self.moments: dict[str, Callable[[Collection[str]], Mapping[str, Moment]]] = {}
        self.translatable: dict[str, Translatable] = {}
        self.has: dict[str, tuple[Any, Sequence[str]]] = {}
        self.marks: Callable[[], Mapping[int, str]] | None = None  # asked for with each name
        self.cards: list[Callable[[Mapping[str, Any]], str]] = []

    def discover(self) -> None:
        """Add the declaration of every installed app that has a `feature.py`, and tell those that wait for all."""
        for app in apps.get_app_configs():
            if find_spec(f"{app.name}.feature"):
                self.add(import_module(f"{app.name}.feature").feature)
        for ready in self.all("ready"):
            ready()

    def add(self, feature: Feature) -> None:
        """Add a declaration. A key that another app has already stays as it is; `manage.py check` reports it."""
        for field in MERGED:
            merged = getattr(self, field)
            for key, value in getattr(feature, field).items():
                if key in merged:
                    self.declared_twice.append((field, key, self._first(field, key), feature.name))
                else:
                    merged[key] = frozenset(value) if field == "actions" else value
        for kind, function in feature.own.items():
            self.own.setdefault(kind, {})[feature.name] = function
        self.marks = self.marks or feature.marks
        self.cards += [feature.card] if feature.card else []
        self.roles |= {option.role: option.role for option in feature.guests_may.values()} | dict(feature.roles)
        self.features[feature.name] = feature
        self._all.clear()

    def _first(self, field: str, key: str) -> str:
        return next(name for name, feature in self.features.items() if key in getattr(feature, field))

    def all(self, field: str) -> Iterator[Any]:
        """The value of one field of every feature, where it is not empty."""
        if field not in self._all:
            values = (getattr(feature, field) for feature in self.features.values())
            self._all[field] = tuple(value for value in values if value)
        return iter(self._all[field])

    def urls(self) -> Iterator[Any]:
        """The argument of `include` for each app's URLs; patterns without a module get the app's name as namespace."""
        for feature in self.features.values():
            if feature.urls:
                yield feature.urls if isinstance(feature.urls, str) else (list(feature.urls), feature.name)

    def participants(self, ids: Any) -> Mapping[int, Any]:
        """Id -> participant, with their rights, of those ids that exist."""
        people: Mapping[int, Any] = next(self.all("participants"))(ids)
        return people

    def blocks_name(self, name: str) -> bool:
        """Whether an app forbids this name."""
        return any(blocks(name) for blocks in self.all("blocks_name"))

    def personal(self) -> Iterator[Personal]:
        """How each app exports and forgets what it keeps of a person."""
        return self.all("personal")

    def ticks(self) -> Iterator[Callable[[], None]]:
        """The functions that run once a second."""
        return (tick for ticks in self.all("ticks") for tick in ticks)

    def listeners(self) -> Iterator[Any]:
        """Who keeps what stands for rooms and rights, and hears when these have changed."""
        return (listener for listeners in self.all("listeners") for listener in listeners)

    def panels(self, page: str = "panels") -> Iterator[Panel]:
        """The panels of the session page, what may stand above them ("pinned"), of another place."""
        return (panel for panels in self.all(page) for panel in panels)

    def beside(self) -> Iterator[str]:
        """The relations that are read with a session for its page."""
        return (relation for relations in self.all("beside") for relation in relations)

    def facts(self) -> Iterator[Fact]:
        """What the control room counts of each session."""
        return (fact for facts in self.all("facts") for fact in facts)

    def city_parts(self) -> Iterator[CityPart]:
        """What apps add to the profile of a city, of lower apps first."""
        return (part for parts in reversed(list(self.all("city_parts"))) for part in parts)

    def mark(self, participant_id: int) -> str:
        """The verified organisation that a participant speaks for; empty without."""
        return self.marks().get(participant_id, "") if self.marks else ""

    def tell_moment(self, session: Any, kind: str, thing: str, begins: bool) -> None:
        """Tell the apps that show it: something of a kind of `moments` begins in a session, or changes."""
        for told in self.all("moment"):
            told(session, kind, thing, begins)

    def translations(self, texts: Collection[str]) -> Translations:
        """Text -> language -> its translation by a machine; None for each text while no machine translates."""
        found = next((translations(texts) for translations in self.all("translations")), None)
        return {text: None if found is None else found.get(text, {}) for text in texts}

    def translate(self, texts: Collection[str], put: Callable[[Translations], None]) -> None:
        """Put the `translations` where they belong: at once, or at the end of `together`."""
        waiting = _waiting.get()
        if waiting is None:
            put(self.translations(texts))
        else:
            waiting.append((texts, put))

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that `translate` is asked for within is read by one query, at the end."""
        token = _waiting.set([])
        try:
            yield
            asked = _waiting.get() or []
        finally:
            _waiting.reset(token)
        found = self.translations({text for texts, _put in asked for text in texts}) if asked else {}
        for _texts, put in asked:
            put(found)

    def translates(self, edition_id: int, source: str, target: str) -> bool:
        """Whether a machine may translate an edition's texts from one language into another."""
        return any(translates(edition_id, source, target) for translates in self.all("translates"))

    def line(self) -> Line | None:
        """The private line to the speakers."""
        return next(self.all("line"), None)

    def ends(self, stages: Collection[int]) -> Mapping[int, datetime]:
        """Session id -> when what is on air on these stages will end, where that is another end than promised."""
        ends = next(self.all("ends"), None)
        return ends(stages) if ends and stages else {}

    def vote(self) -> SecretVote:
        """How a secret vote is put to a session's audience."""
        vote: SecretVote = next(self.all("vote"))
        return vote

    def saved(self, participant_id: int) -> Collection[int]:
        """Ids of the sessions that a participant saved."""
        agenda = self._agenda()
        return agenda.saved(participant_id) if agenda else ()

    def savers(self, session_ids: Collection[int]) -> Mapping[int, Collection[int]]:
        """Session id -> ids of those who saved it, for the sessions that anybody saved."""
        agenda = self._agenda()
        return agenda.savers(session_ids) if agenda else {}

    def follows(self) -> Any:
        """All rows (participant, theme) of the themes that people follow, as a query."""
        return next(self.all("agenda")).follows()

    def saves(self) -> Any:
        """All rows (participant, session) of the sessions that people saved, as a query."""
        return next(self.all("agenda")).saves()

    def person_links(self, edition: Any, people: Collection[int], user: Any) -> dict[int, list[Entry]]:
        """Id of somebody in the directory -> what this user may do with them beside writing to them."""
        found: dict[int, list[Entry]] = {}
        for links in self.all("person_links"):
            for who, entry in links(edition, people, user).items():
                found.setdefault(who, []).append(entry)
        return found

    def sent_by(self, edition_id: int, participant: Any) -> Collection[int]:
        """Ids of the organisations whose delegation to an edition a participant belongs to."""
        delegations = next(self.all("delegations"), None)
        return delegations.sends(edition_id, participant) if delegations else ()

    def parties(self, edition_id: int, words: str = "") -> Sequence[Party]:
        """The delegations of an edition that may be asked for a meeting, those that hold the words."""
        delegations = next(self.all("delegations"), None)
        return delegations.listed(edition_id, words) if delegations else ()

    def public_party(self, edition_id: int, pk: int) -> Party | None:
        """A delegation of an edition that may be asked for a meeting."""
        delegations = next(self.all("delegations"), None)
        return delegations.one(edition_id, pk) if delegations else None

    def parties_answered_by(self, edition_id: int, participant: Any) -> Collection[int]:
        """Ids of the delegations of an edition for which somebody answers."""
        delegations = next(self.all("delegations"), None)
        return delegations.answered_by(edition_id, participant) if delegations else ()

    def party(self, pks: Collection[int]) -> Mapping[int, Party]:
        """Delegations by id; those that are gone are left out."""
        delegations = next(self.all("delegations"), None)
        return delegations.find(pks) if delegations else {}

    def meetings_of(self, delegation: int) -> Sequence[Agreed]:
        """The meetings that a delegation was asked for and has agreed to."""
        meetings = next(self.all("meetings_of"), None)
        return meetings(delegation) if meetings else ()

    def wish_mail(self, people: Collection[int]) -> Collection[int]:
        """Of these participants those who wish a mail when somebody would write to them; all without settings."""
        wishing = next(self.all("wish_mail"), None)
        return wishing(people) if wishing else people

    def _agenda(self) -> Agenda | None:
        return next(self.all("agenda"), None)

    def player(self) -> Player:
        """What plays streams. Raises StopIteration when no app declares it."""
        return next(self.all("player"))  # type: ignore[no-any-return]

    def entries(self, place: str, request: Any, thing: Any) -> list[Entry]:
        """The navigation entries of a place ("header", "session") that this person may see, of lower apps first."""
        upwards = reversed(list(self.all("links")))
        links: list[Link] = [link for links in upwards for link in links if link.place == place]
        return [entry for link in links if (entry := link.entry(request, thing))]

    def find(self, user: Any, kind: str, words: str, owners: Collection[int], most: int) -> Sequence[Hit]:
        """The best passages of a kind and of some owners for a person's words; none where nothing searches."""
        find = next(self.all("find"), None)
        return find(user, kind, words, owners, most) if find else ()

    def assets(self, page: str) -> Assets:
        """The static files of a page, by the name of its URL; those of every page come first.

        Styles of lower apps come first, so that the apps that build on them can refine them.
        """
        declared = list(self.all("assets"))
        chosen = [assets[key] for key in ("*", page) for assets in declared if key in assets]
        upwards = [assets[key] for key in ("*", page) for assets in reversed(declared) if key in assets]
        styles = dict.fromkeys(style for assets in upwards for style in assets.styles)
        scripts = dict.fromkeys(script for assets in chosen for script in assets.scripts)
        return Assets(tuple(styles), tuple(scripts))


registry = Registry()
