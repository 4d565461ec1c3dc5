"""What polls keep of a person."""

from typing import Any

from django.utils.translation import gettext as _

from live.log import hide
from people.models import Participant
from polls.models import MAX_NICKNAME, Ballot, Nickname, Participation


def export(participant: Participant) -> dict[str, Any]:
    """Where they took part, and their ballots; nobody can tell which of the anonymous ones are theirs."""
    return {
        "polls": list(Participation.objects.filter(participant=participant).values_list("round__poll_id", flat=True)),
        "ballots": [
            {"poll": ballot.round.poll_id, "marks": list(ballot.marks.values("option__text", "text", "number"))}
            for ballot in Ballot.objects.filter(participant=participant).select_related("round")
        ],
        "nicknames": list(Nickname.objects.filter(participant=participant).values("session_id", "name")),
    }


def forget(participant: Participant) -> None:
    """Votes keep counting. A quiz name gives way to "deleted participant"."""
    nicknames = Nickname.objects.filter(participant=participant)
    sessions = list(nicknames.values_list("session_id", flat=True))
    for nickname in nicknames:
        nickname.name, nickname.folded = _("Deleted participant")[:MAX_NICKNAME], f"#{nickname.pk}"
        nickname.save(update_fields=["name", "folded"])
    for session_id in sessions:
        hide(f"session:{session_id}")
