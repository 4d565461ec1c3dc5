"""The chair's matrix: who has a conflict with what, who judges what."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from awards.jury import conflicts_of
from awards.models import Conflict, Entry, Judge, Review


def rows(judges: Sequence[Judge], entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """A row for each entry: its title, and its cells in one piece, as a template for each would take too long."""
    words = {
        "declared": _("declared"),
        "author": _("author of it"),
        "organisation": _("same organisation"),
        "city": _("same city"),
        "country": _("same country"),
    }
    conflicts = conflicts_of(judges, entries)
    reasons = dict(_reasons(judges, entries))
    done = {(judge, entry): at for judge, entry, at in _reviews(judges, entries)}

    def cell(judge: int, entry: Any) -> SafeString:
        if why := conflicts.get((judge, entry)):
            said = f"{words[why]}: {reasons[judge, entry]}" if reasons.get((judge, entry)) else words[why]
            return format_html('<td class="is-conflict">C <span class="award-soft" dir="auto">{}</span></td>', said)
        if (judge, entry) not in done:
            return SafeString("<td></td>")
        return SafeString("<td>✓</td>" if done[judge, entry] else "<td>·</td>")

    return [
        {"title": entry.title, "cells": format_html_join("", "{}", ((cell(judge.pk, entry.pk),) for judge in judges))}
        for entry in entries
    ]


def _reasons(judges: Sequence[Judge], entries: Sequence[Entry]) -> list[tuple[Any, str]]:
    found = Conflict.objects.filter(judge__in=judges, entry__in=entries)
    return [((judge, entry), reason) for judge, entry, reason in found.values_list("judge", "entry", "reason")]


def _reviews(judges: Sequence[Judge], entries: Sequence[Entry]) -> Any:
    return Review.objects.filter(judge__in=judges, entry__in=entries).values_list("judge", "entry", "done_at")
