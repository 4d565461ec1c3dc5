"""The quiz: points for right answers, more for faster ones, and the leaderboard of a session's quiz polls."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, ExpressionWrapper, F, IntegerField, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from common.text import fold, shows
from people.models import Participant
from people.names import plain
from people.refusal import Refused
from polls.models import MAX_NICKNAME, Ballot, Nickname, Round, State, Type
from sessions.blocklist import blocked
from sessions.models import Session

SLOWEST = 500  # points of a right answer at the last moment; the fastest gets twice as many
UNTIMED = 30  # seconds in which points fall when a quiz has no countdown
LEADERS = 10


def points(milliseconds: int, duration: int) -> int:
    """Points of a right answer after so many milliseconds of `duration` seconds, as the leaderboard has them."""
    return max(SLOWEST, 2 * SLOWEST - milliseconds * SLOWEST // ((duration or UNTIMED) * 1000))


def leaderboard(session: Session) -> list[dict[str, Any]]:
    """The first LEADERS over the newest rounds of quizzes that have closed: {"place", "name", "points", "right"}.

    With a nickname also "participant": whose it is.
    """
    number = IntegerField()
    duration = Case(
        When(round__poll__duration=0, then=Value(UNTIMED)), default=F("round__poll__duration"), output_field=number
    )
    fallen = ExpressionWrapper(F("elapsed") * SLOWEST / (duration * 1000), output_field=number)
    earned = Greatest(Value(SLOWEST), Value(2 * SLOWEST) - fallen, output_field=number)
    rows = (
        _right(session)
        .values("participant")
        .annotate(points=Sum(earned), right=Sum(Value(1)))
        .annotate(name=_nickname(session))
        .order_by("-points", "name")
    )
    return [
        {"place": at, "name": row["name"] or str(_("Somebody")), "points": row["points"], "right": row["right"]}
        | {"participant": row["participant"] if row["name"] else None}
        for at, row in enumerate(rows[:LEADERS], 1)
    ]


def _right(session: Session) -> Any:
    newest = Round.objects.filter(poll=OuterRef("round__poll")).order_by("-number").values("pk")[:1]
    ballots = Ballot.objects.filter(
        round__poll__session=session,
        round__poll__type=Type.QUIZ,
        round__poll__state__in=[State.CLOSED, State.ARCHIVED],
        marks__option__right=True,
        participant__isnull=False,
    )
    return ballots.filter(round=Subquery(newest))


def _nickname(session: Session) -> Subquery:
    return Subquery(Nickname.objects.filter(session=session, participant=OuterRef("participant")).values("name")[:1])


def name_oneself(session: Session, participant: Participant, name: str) -> Nickname:
    """Take a nickname for the session's leaderboard. Raises Refused when it is taken or not wanted."""
    name = plain(name)[:MAX_NICKNAME].strip()
    if not shows(name):
        raise Refused(_("Write a nickname first."))
    if blocked(name, session.edition.blocked_terms):
        raise Refused(_("The organisers do not want to read one of these words here. Change it and send it again."))
    values = {"name": name, "folded": fold(name)[:MAX_NICKNAME]}
    try:
        with transaction.atomic():
            return Nickname.objects.update_or_create(session=session, participant=participant, defaults=values)[0]
    except IntegrityError as error:
        raise Refused(_("Somebody has this nickname already. Choose another.")) from error
