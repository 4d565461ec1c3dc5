"""Fields of forms, written by Python: Django draws each by two to ten templates, which took a fifth of a page's time.

What is written is the same, byte by byte. Widgets that are not named here are drawn by Django's templates.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.template.base import render_value_in_context
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]
INPUTS = (
    *("text", "number", "email", "url", "password", "hidden", "search", "tel", "color"),
    *("date", "datetime", "time", "checkbox", "file"),
)
PLAIN = Context()


class QuickRenderer(DjangoTemplates):
    """Django's renderer of forms, quicker for the widgets that forms are made of."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """The HTML of a widget, of a form or of its errors."""
        write = WRITERS.get(template_name)
        if write is None:
            return super().render(template_name, context, request)
        return SafeString(write(context["widget"]).strip())


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_written(widget["value"])}"'
    return f'<input type="{_shown(widget["type"])}" name="{_shown(widget["name"])}"{value}{_attributes(widget)}>\n'


def _input_option(widget: Widget) -> str:
    if not widget.get("wrap_label"):
        return _input(widget)
    pk = widget["attrs"].get("id")
    goes_to = f' for="{_shown(pk)}"' if pk else ""
    return f"<label{goes_to}>{_input(widget)[:-1]}\n {_shown(widget['label'])}</label>\n"


def _select(widget: Widget) -> str:
    parts = [f'<select name="{_shown(widget["name"])}"{_attributes(widget)}>']
    for group, options, _index in widget["optgroups"]:
        parts += [f'\n  <optgroup label="{_shown(group)}">'] if group else []
        parts += [f"\n  {_option(option)}" for option in options]
        parts += ["\n  </optgroup>"] if group else []
    return "".join([*parts, "\n</select>\n"])


def _option(widget: Widget) -> str:
    return f'<option value="{_written(widget["value"])}"{_attributes(widget)}>{_shown(widget["label"])}</option>\n'


def _textarea(widget: Widget) -> str:
    text = _shown(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_shown(widget["name"])}"{_attributes(widget)}>\n{text}</textarea>\n'


def _attributes(widget: Widget) -> str:
    return "".join(
        f" {_shown(name)}" if value is True else f' {_shown(name)}="{_written(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _written(value: Any) -> str:
    """As the filter stringformat writes it."""
    if type(value) is str:
        return escape(value)
    return conditional_escape(value if isinstance(value, SafeString) else str(value))


def _shown(value: Any) -> str:
    if type(value) is str:
        return escape(value)  # as Django's, which looks first whether it is a lazy one
    return conditional_escape(value) if isinstance(value, str) else render_value_in_context(value, PLAIN)


WRITERS: dict[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in INPUTS},
    **{f"django/forms/widgets/{name}_option.html": _input_option for name in ("radio", "checkbox")},
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/textarea.html": _textarea,
}
