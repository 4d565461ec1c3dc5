"""The way back from “Next question”, for who pressed it: a clicker goes on by a press too many."""

from datetime import timedelta

from django.utils.translation import gettext as _

from common import clock
from common.prepared import Prepared
from people.models import Participant
from people.refusal import Refused
from questions.models import Change
from questions.state import undo_together
from sessions.models import Session

BACK_FOR = timedelta(seconds=30)
ONE_PRESS = timedelta(seconds=2)  # its two steps are closer together


def last_press(session: Session, by: Participant) -> list[Change]:
    """The steps of somebody's newest “Next question”, the newest first; none when it is too long ago."""
    steps = _NEWEST.ask(session.pk, by.pk, clock.now() - BACK_FOR)
    return [step for step in steps if steps[0].at - step.at < ONE_PRESS]


_NEWEST: Prepared[Change] = Prepared(
    lambda session, by, since: (
        Change.objects.filter(question__session=session, by=by, at__gt=since, undone_at=None)
        .filter(action__in=("answer", "stage"))
        .select_related("question")
        .order_by("-pk")[:2]
    )
)


def go_back(session: Session, by: Participant) -> None:
    """Undo it: what was on stage is there again. Raises Refused when a question of it has changed since."""
    steps = last_press(session, by)
    if not steps:
        raise Refused(_("That was too long ago to take back here: the moderators’ board can bring it on stage again."))
    for step in steps:
        newest = step.question.changes.filter(undone_at=None).order_by("pk").last()
        if newest is None or newest.pk != step.pk:
            raise Refused(_("Somebody was faster: another question is on stage now."))
    undo_together(session, [(step.question.pk, step.question.version) for step in steps], by)
