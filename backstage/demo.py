"""What is said behind the demo's stages."""

import uuid

from backstage.models import Remark
from common.contract import DemoCongress


def fill(congress: DemoCongress) -> None:
    """Two lines behind each live session, once."""
    for session in congress.live:
        for number, text in enumerate(("Two questions are ready.", "Ten minutes to go, then the poll.")):
            Remark.say(
                session, congress.people["nuria"], text, uuid.uuid5(uuid.NAMESPACE_URL, f"{session.guid}/{number}")
            )
