"""The audience's list of questions."""

from collections.abc import Collection, Iterable
from itertools import groupby

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from common.templatetags.drawn import draw_each, token_of
from questions.data import QuestionData

register = template.Library()


@register.simple_tag(takes_context=True)
def questions(context: Context, items: Iterable[QuestionData], upvoted: Collection[str]) -> SafeString:
    """The questions one after the other; those whose ids are in `upvoted` have the person's vote."""
    own, role = token_of(context), context.get("role")
    runs = groupby(items, key=lambda data: data["id"] in upvoted)
    shown = (draw_each("questions/events/question.html", run, {"on": on, "role": role}, own) for on, run in runs)
    return mark_safe("".join(shown))  # noqa: S308
