"""What polls keep of a person."""

from typing import Any

from django.utils.translation import gettext as _

from people.models import Participant
from polls.models import MAX_NICKNAME, Ballot, Nickname, Participation
from sessions.privacy import forget_name


def export(participant: Participant) -> dict[str, Any]:
    """Where they took part, and their ballots; nobody can tell which of the anonymous ones are theirs."""
    return {
        "polls": list(Participation.objects.filter(participant=participant).values_list("round__poll_id", flat=True)),
        "ballots": [
            {"poll": one.round.poll_id, "marks": list(one.marks.values("option__text", "text", "number"))}
            for one in Ballot.objects.filter(participant=participant).select_related("round")
        ],
        "nicknames": list(Nickname.objects.filter(participant=participant).values("session_id", "name")),
    }


def forget(participant: Participant) -> None:
    """Votes keep counting. A quiz name gives way to "deleted participant"."""
    found = Nickname.objects.filter(participant=participant)
    sessions = list(found.values_list("session_id", flat=True))
    for one in found:
        one.name, one.folded = _("Deleted participant")[:MAX_NICKNAME], f"#{one.pk}"
        one.save(update_fields=["name", "folded"])
    forget_name(participant, sessions)
