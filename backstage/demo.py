"""What is said behind the demo's stages."""

import uuid
from collections.abc import Iterator

from backstage.models import Remark, Whole
from common.contract import DemoCongress
from show.models import StageShow

OF_SESSION = ("Two questions are ready.", "Ten minutes to go, then the poll.")
OF_STAGE = ("The clicker is on the lectern.",)
OF_EDITION = ("Lunch is late: the hall stays open until two.", "Understood. We hold the doors.")


def fill(congress: DemoCongress) -> None:
    """Some lines behind each live session and its stage, and of the edition, once."""
    for thing, mark, texts in _channels(congress):
        for number, text in enumerate(texts):
            Remark.say(thing, congress.people["nuria"], text, uuid.uuid5(uuid.NAMESPACE_URL, f"{mark}/{number}"))


def _channels(congress: DemoCongress) -> Iterator[tuple[Whole, str, tuple[str, ...]]]:
    yield congress.edition, f"backstage/{congress.edition.slug}", OF_EDITION
    for session in congress.live:
        yield session, session.guid, OF_SESSION
        yield StageShow.of(session.stage_id), f"stage/{session.guid}", OF_STAGE
