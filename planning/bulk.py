"""Changing many sessions together: all of it or nothing, in one transaction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from people.models import Participant, Role
from people.refusal import Refused
from planning import drafting
from planning.working import Item, Values, items_of, utc
from registration import decisions
from sessions import access
from sessions.models import BEFORE, Edition, Session, Stage

MOST = 300  # sessions
NAMED = 3  # titles in a refusal


@dataclass(frozen=True)
class Change:
    """What becomes of each session: None leaves it as it is. `theme` and `strand` 0: none from now on.

    `shift` in minutes. `moderator` and, of published sessions, `visibility` hold at once; the rest is drafted.
    """

    stage: Stage | None = None
    theme: int | None = None
    strand: int | None = None
    shift: int = 0
    moderator: Participant | None = None
    visibility: str = ""


def apply(edition: Edition, chosen: Mapping[str, str], change: Change, by: Participant) -> int:
    """Change the chosen sessions (key -> what the person saw of it) of a locked edition; how many were chosen.

    Raises Refused, and then nothing has changed.
    """
    items = _seen(edition, chosen)
    if change.stage or change.shift:
        begun = [item for item in items if item.status not in BEFORE]
        _refuse(begun, _("Has begun or is over, and is not moved: %(titles)s."))
    if change.moderator:
        new = [item for item in items if item.session is None]
        _refuse(new, _("Not published yet, and gets no moderator before: %(titles)s."))
    for item in items:
        if values := _values(item, change):
            drafting.put(edition, item, values, by)
        if item.session:
            _at_once(edition, item.session, change, by)
    return len(items)


def _seen(edition: Edition, chosen: Mapping[str, str]) -> list[Item]:
    if not 0 < len(chosen) <= MOST:
        raise Refused(_("Choose sessions, at most %(n)s.") % {"n": MOST}, 422)
    items = [item for item in items_of(edition) if item.key in chosen]
    changed = [item for item in items if item.seen != chosen[item.key]]
    if len(items) < len(chosen) and not changed:
        raise Refused(_("Some of these sessions are not there any more. Look again."))
    _refuse(changed, _("Somebody has changed since you looked: %(titles)s. Look again. Nothing was changed."))
    return items


def _refuse(items: Collection[Item], words: str) -> None:
    """Raises Refused when there are any."""
    if items:
        titles = [f"“{item.values['title']}”" for item in items]
        more = ["…"] if len(titles) > NAMED else []
        raise Refused(words % {"titles": ", ".join([*titles[:NAMED], *more])})


def _values(item: Item, change: Change) -> Values:
    """What is drafted of it."""
    values: dict[str, Any] = {"stage": change.stage.pk} if change.stage else {}
    if change.shift:
        by = timedelta(minutes=change.shift)
        values |= {"start": utc(item.start + by), "end": utc(item.end + by)}
    values |= {
        name: part or None for name, part in (("theme", change.theme), ("strand", change.strand)) if part is not None
    }
    if change.visibility and item.session is None:
        values["visibility"] = change.visibility
    return values


def _at_once(edition: Edition, session: int, change: Change, by: Participant) -> None:
    if change.moderator:
        decisions.give(edition, change.moderator, Role.Name.MODERATOR, f"session:{session}", by)
    if change.visibility:
        found = Session.objects.get(pk=session)
        settings = access.Settings(change.visibility, found.visible_passes, found.embargo_until, found.guests_may)
        access.change(session, settings, by)
