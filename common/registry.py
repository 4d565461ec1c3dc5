"""All that the installed apps declare, merged. It is filled when Django starts, in the order of INSTALLED_APPS."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from common.contract import Assets, Entry, Feature, GuestOption, Limit, Link, Panel, Personal, RecordWords, ScreenMode

MERGED = (
    *("actions", "refusals", "guests_may", "limits", "rooms", "writes", "volatile"),
    *("record", "record_details", "record_values", "screen"),
)


class Registry:
    """The declarations by what they are of. Its dictionaries are plain: they are read for every write and frame."""

    def __init__(self) -> None:
        self.features: dict[str, Feature] = {}
        self.declared_twice: list[tuple[str, str, str, str]] = []  # what, key, first app, second app
        self.roles: set[str] = set()
        self.actions: dict[str, frozenset[str]] = {}
        self.refusals: dict[str, Any] = {}
        self.guests_may: dict[str, GuestOption] = {}
        self.limits: dict[str, Limit] = {}
        self.rooms: dict[str, Callable[[Any, str], Any]] = {}
        self.writes: dict[str, Callable[[list[Any]], list[Any]]] = {}
        self.volatile: dict[str, Callable[[list[str]], Mapping[str, Any]]] = {}
        self.record: dict[str, RecordWords] = {}
        self.record_details: dict[str, Any] = {}
        self.record_values: dict[str, Mapping[str, Any]] = {}
        self.screen: dict[str, ScreenMode] = {}

    def discover(self) -> None:
        """Take the declaration of every installed app that has a `feature.py`."""
        for app in apps.get_app_configs():
            if find_spec(f"{app.name}.feature"):
                self.add(import_module(f"{app.name}.feature").feature)

    def add(self, feature: Feature) -> None:
        """Take a declaration. What another app has declared before stays, and is an error of `manage.py check`."""
        for what in MERGED:
            merged = getattr(self, what)
            for key, value in getattr(feature, what).items():
                if key in merged:
                    self.declared_twice.append((what, key, self._first(what, key), feature.name))
                else:
                    merged[key] = frozenset(value) if what == "actions" else value
        self.roles |= set(feature.roles) | {option.role for option in feature.guests_may.values()}
        self.features[feature.name] = feature

    def _first(self, what: str, key: str) -> str:
        return next(name for name, feature in self.features.items() if key in getattr(feature, what))

    def all(self, what: str) -> Iterator[Any]:
        """Every feature's own value of one thing, where it has one."""
        return (value for feature in self.features.values() if (value := getattr(feature, what)))

    def urls(self) -> Iterator[Any]:
        """What `include` takes for each app's addresses; patterns without a module get the app's name as namespace."""
        for feature in self.features.values():
            if feature.urls:
                yield feature.urls if isinstance(feature.urls, str) else (list(feature.urls), feature.name)

    def participants(self, ids: Any) -> Mapping[int, Any]:
        """The people of these ids as they are signed in, by id."""
        found: Mapping[int, Any] = next(self.all("participants"))(ids)
        return found

    def blocks_name(self, name: str) -> bool:
        """Whether any app says that nobody may be called so."""
        return any(blocks(name) for blocks in self.all("blocks_name"))

    def personal(self) -> Iterator[Personal]:
        """What each app keeps of a person."""
        return self.all("personal")

    def ticks(self) -> Iterator[Callable[[], None]]:
        """What is called once a second."""
        return (tick for ticks in self.all("ticks") for tick in ticks)

    def panels(self, page: str = "panels") -> Iterator[Panel]:
        """The panels of the session page, or of the speaker's ("speaker_panels"), in their order."""
        return (panel for panels in self.all(page) for panel in panels)

    def entries(self, place: str, request: Any, thing: Any) -> list[Entry]:
        """The entries of the navigation that are shown in a place."""
        links: list[Link] = [link for links in self.all("links") for link in links if link.place == place]
        return [entry for link in links if (entry := link.entry(request, thing))]

    def assets(self, page: str) -> Assets:
        """The static files of a page, by the name of its URL; those of every page come first.

        Styles of lower floors come before those of the apps that build on them, which may refine them.
        """
        declared = list(self.all("assets"))
        chosen = [assets[key] for key in ("*", page) for assets in declared if key in assets]
        upwards = [assets[key] for key in ("*", page) for assets in reversed(declared) if key in assets]
        styles = dict.fromkeys(style for assets in upwards for style in assets.styles)
        scripts = dict.fromkeys(script for assets in chosen for script in assets.scripts)
        return Assets(tuple(styles), tuple(scripts))


registry = Registry()
