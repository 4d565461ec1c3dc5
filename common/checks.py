"""What a declaration gets wrong is an error of `manage.py check` that says where."""

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
    """Everything that is wrong in the `feature.py` of the installed apps."""
    return [Error(f"{name}/feature.py: {words}", id="common.E001") for name, words in problems(registry)]


def problems(registry: Registry) -> Iterator[tuple[str, str]]:
    """(app, what is wrong in its declaration)."""
    for what, key, first, second in registry.declared_twice:
        yield second, f"{what} has “{key}”, which {first} declares already"
    for name, feature in registry.features.items():
        for words in (*_rights(feature, registry), *_templates(feature), *_pages(feature)):
            yield name, words


def _rights(feature: Feature, registry: Registry) -> Iterator[str]:
    """Roles, actions and prefixes that nobody knows."""
    for action, roles in feature.actions.items():
        if unknown := sorted(set(roles) - registry.roles):
            yield f"actions[“{action}”] names unknown roles: {', '.join(unknown)}"
    asked = [ask.action for asks in feature.matrix.views.values() for ask in asks]
    asked += [*feature.matrix.rooms.values(), *(action for action, _data in feature.matrix.writes.values())]
    for action in sorted(set(asked) - registry.actions.keys()):
        yield f"matrix names an unknown action: {action}"
    for what in ("rooms", "writes", "volatile"):
        for key in sorted(getattr(feature, what).keys() ^ getattr(feature.matrix, what).keys()):
            yield f"{what} and matrix.{what} differ in “{key}”"

    for kind, (action, _data) in feature.matrix.writes.items():
        for what, declared in (("refusals", registry.refusals), ("limits", registry.limits)):
            if action not in declared:
                yield f"writes[“{kind}”] needs {what}[“{action}”]"


def _templates(feature: Feature) -> Iterator[str]:
    """Templates that are not there."""
    events = [f"{kind.replace('.', '/events/', 1)}.html" for kind in feature.volatile]
    panels = [panel.template for panel in (*feature.panels, *feature.speaker_panels)]
    for template in [*panels, *(mode.template for mode in feature.screen.values()), *events]:
        try:
            get_template(template)
        except TemplateDoesNotExist:
            yield f"there is no template {template}"


def _pages(feature: Feature) -> Iterator[str]:
    """Static files and addresses that are not there."""
    for page, assets in feature.assets.items():
        for path in (*assets.styles, *assets.scripts):
            if finders.find(path) is None:
                yield f"assets[“{page}”] has a file that is not there: {path}"
    known = set(view_names())
    for name in [*(set(feature.assets) - {"*"}), *feature.matrix.views, *feature.matrix.open_views]:
        if name not in known:
            yield f"there is no address of the name {name}"


def view_names() -> Iterator[str]:
    """The names of all addresses, with their namespaces."""
    yield from _names(get_resolver(), "")


def _names(resolver: Any, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _names(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            yield f"{prefix}{pattern.name or ''}"
