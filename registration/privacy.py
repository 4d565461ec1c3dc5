"""What imports under way keep of a person."""

from typing import Any

from people.models import Participant
from registration.imports.run import purge
from registration.models import Portion


def export(participant: Participant) -> dict[str, Any]:
    """Nothing of its own: registrations are told with the account."""
    return {}


def forget(participant: Participant) -> None:
    """Their rows leave the imports that are under way, so that none of them brings the person back."""
    purge()
    if not participant.email:
        return
    for portion in Portion.objects.iterator(chunk_size=10):
        kept = [[line, cells] for line, cells in portion.rows if participant.email not in _folded(cells)]
        if len(kept) < len(portion.rows):
            portion.rows = kept
            portion.save(update_fields=["rows"])


def _folded(cells: list[str]) -> list[str]:
    return [cell.strip().lower() for cell in cells]
