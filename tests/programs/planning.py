"""Who plans in an empty installation."""

from people.models import Participant
from tests import world


def operator() -> str:
    """The cookie of the first operator, made as `./run manage createsuperuser` makes one."""
    return world.cookie(Participant.objects.create_superuser("first@example.org", name="Rosa"))
