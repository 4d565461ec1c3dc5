"""Checks the declarations of all apps; `manage.py check` prints each mistake with its app."""

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import get_resolver

from common.contract import Feature
from common.registry import Registry, registry


@register()
def features(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """One error for each mistake in the `feature.py` of an installed app."""
    return [Error(f"{name}/feature.py: {problem}", id="common.E001") for name, problem in problems(registry)]


def problems(registry: Registry) -> Iterator[tuple[str, str]]:
    """Each mistake as (app, text)."""
    for field, key, first, second in registry.declared_twice:
        yield second, f"{field} has “{key}”, which {first} declares already"
    for name, feature in registry.features.items():
        for problem in (*_rights(feature, registry), *_templates(feature), *_pages(feature)):
            yield name, problem


def _rights(feature: Feature, registry: Registry) -> Iterator[str]:
    """Roles and actions that no app declares, and rooms, writes or refusals that are missing."""
    for action, roles in feature.actions.items():
        if unknown := sorted(set(roles) - set(registry.roles)):
            yield f"actions[“{action}”] names unknown roles: {', '.join(unknown)}"
    asked = [ask.action for asks in feature.matrix.views.values() for ask in asks]
    asked += [*feature.matrix.rooms.values(), *(action for action, _data in feature.matrix.writes.values())]
    for action in sorted(set(asked) - registry.actions.keys()):
        yield f"matrix names an unknown action: {action}"
    for field in ("rooms", "writes", "volatile"):
        for key in sorted(getattr(feature, field).keys() ^ getattr(feature.matrix, field).keys()):
            yield f"{field} and matrix.{field} differ in “{key}”"

    for kind, (action, _data) in feature.matrix.writes.items():
        for field, declared in (("refusals", registry.refusals), ("limits", registry.limits)):
            if action not in declared:
                yield f"writes[“{kind}”] needs {field}[“{action}”]"


def _templates(feature: Feature) -> Iterator[str]:
    """Templates that do not exist."""
    events = [f"{kind.replace('.', '/events/', 1)}.html" for kind in (*feature.volatile, *feature.events)]
    places = (feature.panels, feature.pinned, feature.speaker_panels, feature.stage_panels, feature.bars, feature.tools)
    panels = [panel.template for place in (*places, feature.screen_panels, feature.case_panels) for panel in place]
    panels += [feature.player.template, feature.player.feed] if feature.player else []
    for template in [*panels, *(mode.template for mode in feature.screen.values()), *events]:
        try:
            get_template(template)
        except TemplateDoesNotExist:
            yield f"there is no template {template}"


def _pages(feature: Feature) -> Iterator[str]:
    """Static files and URL names that do not exist."""
    for page, assets in feature.assets.items():
        for path in (*assets.styles, *assets.scripts):
            if finders.find(path) is None:
                yield f"assets[“{page}”] has a file that is not there: {path}"
    known = set(view_names())
    for name in [*(set(feature.assets) - {"*"}), *feature.matrix.views, *feature.matrix.open_views]:
        if name not in known:
            yield f"there is no address of the name {name}"


def view_names() -> Iterator[str]:
    """The names of all URLs, with their namespaces."""
    yield from _names(get_resolver(), "")


def _names(resolver: Any, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _names(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            yield f"{prefix}{pattern.name or ''}"
