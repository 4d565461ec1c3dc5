"""A person's reactions to a talk, by socket and HTTP: the rules are those of every small write, the storing is none."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from live.outcomes import Done, Outcome
from people.models import Participant
from people.refusal import Refused
from reactions import counting
from sessions.models import Session
from sessions.writes import SmallWrite, id_under


@dataclass(frozen=True)
class Burst:
    """What one person has tapped within a moment."""

    session_id: int
    sign: str
    times: int


def _sessions(ids: Collection[int]) -> dict[int, Session]:
    return Session.objects.select_related("edition").in_bulk(ids)


def _burst(who: Participant, session: Session, data: Mapping[str, Any]) -> Burst:
    sign, times = data.get("sign"), data.get("times", 1)
    if not isinstance(sign, str) or sign not in counting.SIGNS or type(times) is not int or times < 1:
        raise Refused(_("Reload the page and try again."), 422)
    return Burst(session.pk, sign, min(times, counting.MOST_EACH))


def _count(bursts: list[Burst]) -> list[Outcome[Burst]]:
    for burst in bursts:
        counting.add(burst.session_id, burst.sign, burst.times)
    return [Done(burst) for burst in bursts]


# {"session": id, "sign": one of SIGNS, "times": 1 to MOST_EACH}
REACTION = SmallWrite(
    action="reactions.react",
    view="session.view",
    gone=_("There is no such session any more."),
    key=id_under("session"),
    find=_sessions,
    rules=_burst,
    store=_count,
)
