"""What the demo congress announces."""

from datetime import timedelta

from announcements import announcing
from announcements.models import Announcement
from common import clock
from common.contract import DemoCongress


def fill(congress: DemoCongress) -> None:
    """One announcement for everybody, which ends by itself."""
    if Announcement.objects.filter(edition=congress.edition).exists():
        return
    texts = {
        "en": "The delegates’ lunch is at 13:30 in hall 3; those who follow from afar meet in the lounge.",
        "ca": "El dinar dels delegats és a les 13:30 al pavelló 3; qui segueix de lluny es troba a la sala virtual.",
        "es": "La comida de los delegados es a las 13:30 en el pabellón 3; quien sigue de lejos, en la sala virtual.",
    }
    now = clock.now()
    given = {"scope": congress.edition.room_key, "texts": texts, "starts_at": now, "ends_at": now + timedelta(hours=6)}
    announcing.make(congress.edition, congress.people["helena"], given)
