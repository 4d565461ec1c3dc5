"""What the addresses of announcements need in the permission matrix."""

from datetime import timedelta

from announcements import announcing
from common import clock
from people.models import Participant


def fill(session, made):
    """An announcement for everybody."""
    now = clock.now()
    texts = {"en": "Lunch is ready", "es": "La comida está lista"}
    given = {"scope": session.edition.room_key, "texts": texts, "starts_at": now, "ends_at": now + timedelta(hours=1)}
    by = Participant.objects.get(pk=made["people"]["organiser"])
    made_one = announcing.make(session.edition, by, given)
    return {"announcement": made_one.pk, "edition_scope": session.edition.room_key}
