"""The demo's captions: what has been said so far, in two languages."""

from datetime import datetime, timedelta

from captions import passages
from captions.models import Caption, Track
from common import clock
from common.contract import DemoCongress
from sessions.models import Session

WORDS = {
    "en": ("English", ["Good morning from Barcelona.", "A register that nobody reads protects nobody.",
                       "So we began with one question: who may say no?"]),
    "es": ("Español", ["Buenos días desde Barcelona.", "Un registro que nadie lee no protege a nadie.",
                       "Así que empezamos con una pregunta: ¿quién puede decir que no?"]),
}  # fmt: skip


def fill(congress: DemoCongress) -> None:
    """Caption the recorded session, and the first one on air: for the next half hour too."""
    if congress.recorded:
        _caption(congress.recorded, congress.recorded.start + timedelta(minutes=1), 165)
        passages.plan(congress.recorded)
    _caption(congress.live[0], clock.now() - timedelta(minutes=5), 150)


def _caption(session: Session, begin: datetime, lines: int) -> None:
    Track.objects.filter(session=session).delete()
    for language, (name, words) in WORDS.items():
        track = Track.objects.create(session=session, language=language, name=name)
        Caption.objects.bulk_create(
            Caption(track=track, at=begin + timedelta(seconds=12 * number), text=words[number % len(words)])
            for number in range(lines)
        )
