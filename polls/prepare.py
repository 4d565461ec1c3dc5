"""Preparing polls: making, editing, duplicating, ordering, deleting. Options are frozen once there is a ballot."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people import audit
from people.models import Participant
from people.refusal import Refused
from polls import events
from polls.models import Ballot, Mark, Option, Picture, Poll, Results, State, Type
from sessions.models import Session

MOST = 200  # polls of a session
# What says what a ballot means: it stays once there is one.
FROZEN = ("type", "anonymous", "min_choices", "max_choices", "lowest", "highest", "target", "abstaining")

TEMPLATES: dict[str, dict[str, Any]] = {
    "yes_no": {
        "type": Type.SINGLE,
        "question": _("Do you agree?"),
        "options": [_("Yes"), _("No"), _("Not sure yet")],
    },
    "city": {"type": Type.WORDS, "question": _("Which city are you joining from?"), "max_choices": 1},
    "one_word": {"type": Type.WORDS, "question": _("What stays with you from this session, in a word?")},
    "rate": {
        "type": Type.RATING,
        "question": _("How useful was this session for your city?"),
        "highest": 5,
        "low_label": _("Not at all"),
        "high_label": _("Very"),
    },
    "priorities": {
        "type": Type.RANKING,
        "question": _("What should a city do first?"),
        "options": [_("Mobility"), _("Energy"), _("Housing"), _("Water")],
    },
    "shift": {
        "type": Type.SINGLE,
        "question": _("Before and after: would you try this in your city?"),
        "options": [_("Yes, now"), _("Later"), _("No")],
        "results": Results.CLOSED,
    },
    "takeaway": {"type": Type.TEXT, "question": _("What will you do differently on Monday?")},
}


@dataclass
class Choice:
    """An option as it is wanted: `pk` is that of the one it changes."""

    text: str
    right: bool = False
    pk: int | None = None
    picture: Picture | None = None


def save(
    session: Session,
    fields: dict[str, Any],
    choices: list[Choice],
    poll_id: int | None = None,
    by: Participant | None = None,
    client_id: uuid.UUID | None = None,
) -> Poll:
    """Make a draft, or change a poll and push it; raises Refused. A repeat of `client_id` returns the draft it made."""
    with transaction.atomic():
        if poll_id is None:
            poll = _draft(session, client_id)
            if poll.pk:
                return poll
        else:
            Poll.objects.select_for_update().get(pk=poll_id)
            poll = Poll.objects.select_related("session__edition").get(pk=poll_id)
        if poll.state == State.ARCHIVED or poll.sealed:
            raise Refused(_("An archived or sealed poll is not edited; duplicate it."))
        before = poll.state
        _refuse_frozen(poll, fields, choices)
        changed = sorted(name for name, value in fields.items() if getattr(poll, name) != value)
        for name, value in fields.items():
            setattr(poll, name, value)
        poll.version += 1
        poll.save()
        _save_choices(poll, choices)
        done = "polls.edit" if poll_id else "polls.create"
        audit.record(by, done, session.room_key, poll=poll.pk, fields=changed)
        events.changed(poll, before)
    return poll


def _draft(session: Session, client_id: uuid.UUID | None) -> Poll:
    """A new poll at the end of the list, or the one that this form has made already."""
    Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    if client_id and (made := session.polls.filter(client_id=client_id).first()):
        return made
    count = session.polls.count()
    if count >= MOST:
        raise Refused(_("A session has at most %(most)d polls.") % {"most": MOST})
    last = session.polls.order_by("position").last()
    return Poll(session=session, position=last.position + 1 if last else 0, client_id=client_id)


def _refuse_frozen(poll: Poll, fields: dict[str, Any], choices: list[Choice]) -> None:
    if poll.pk is None or not Ballot.objects.filter(round__poll=poll).exists():
        return
    stored = [(option.pk, option.text, option.right) for option in poll.options.all()]
    sent = [(choice.pk, choice.text, choice.right) for choice in choices]
    if sent != stored or any(name in fields and fields[name] != getattr(poll, name) for name in FROZEN):
        raise Refused(
            _("People have answered: type, options and limits stay. Duplicate the poll, or delete its answers first.")
        )


def _save_choices(poll: Poll, choices: list[Choice]) -> None:
    had = {option.pk: option for option in poll.options.all()}
    poll.options.exclude(pk__in=[choice.pk for choice in choices if choice.pk]).delete()
    for position, choice in enumerate(choices):
        option = had.get(choice.pk or 0) or Option(poll=poll)
        option.position, option.text, option.right = position, choice.text, choice.right
        option.picture = choice.picture or option.picture
        option.save()


def copy_of(poll: Poll, by: Participant | None = None) -> Poll:
    """A draft with the same question, options and settings, without answers. Raises Refused."""
    names = ("type", "question", "results", "screen", "may_change", "duration", "unit", "low_label", "high_label")
    fields = {name: getattr(poll, name) for name in (*names, *FROZEN)}
    choices = [Choice(option.text, option.right, None, option.picture) for option in poll.options.all()]
    return save(poll.session, fields, choices, by=by)


def from_template(session: Session, name: str, by: Participant | None = None) -> Poll:
    """A draft from TEMPLATES. Raises Refused for a name that is not there."""
    if name not in TEMPLATES:
        raise Refused(_("There is no such template."))
    fields = dict(TEMPLATES[name])
    choices = [Choice(str(text)) for text in fields.pop("options", [])]
    fields |= {key: str(fields[key]) for key in ("question", "low_label", "high_label") if key in fields}
    return save(session, fields, choices, by=by)


def delete(poll: Poll, by: Participant | None = None, *, owner: bool = False) -> None:
    """Delete a draft or a scheduled poll; what people have answered is archived instead. Raises Refused.

    A sealed one is deleted by its `owner`, the app that put it.
    """
    with transaction.atomic():
        poll = Poll.objects.select_for_update(of=("self",)).select_related("session__edition").get(pk=poll.pk)
        if poll.sealed and not owner:
            raise Refused(_("A sealed vote is taken back where it was put."))
        if poll.state not in (State.DRAFT, State.SCHEDULED):
            raise Refused(_("Only drafts and scheduled polls are deleted; archive this one."))
        audit.record(by, "polls.delete", poll.session.room_key, poll=poll.pk)
        events.removed(poll)
        poll.delete()
        events.ordered(poll.session)


def move(poll: Poll, places: int, by: Participant | None = None) -> None:
    """Move a poll up (-1) or down (1) in the session's list."""
    with transaction.atomic():
        session = poll.session
        Session.objects.select_for_update(no_key=True).get(pk=session.pk)
        polls = list(session.polls.order_by("position", "pk"))
        at = polls.index(poll)
        polls.insert(max(0, at + places), polls.pop(at))
        for position, listed in enumerate(polls):
            listed.position = position
        Poll.objects.bulk_update(polls, ["position"])
        audit.record(by, "polls.move", session.room_key, poll=poll.pk, places=places)
        events.ordered(session)


def judge(mark_id: Any, approval: str, poll: Poll, by: Participant | None = None) -> None:
    """Show or hide an open text or a word. Raises Refused for one that is gone."""
    with transaction.atomic():
        marks = Mark.objects.filter(pk=mark_id, ballot__round__poll=poll)
        if not marks.update(approval=approval):
            raise Refused(_("This answer is not there any more."))
        author = marks.values_list("ballot__participant", flat=True).get()  # None in an anonymous poll
        details = {"poll": poll.pk, "mark": str(mark_id), "approval": approval}
        audit.record(by, "polls.judge", poll.session.room_key, author, **details)
        if poll.round:
            events.tally_changed(poll, poll.round)
