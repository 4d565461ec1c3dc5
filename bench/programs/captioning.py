"""A session on air with the small live stream and captions."""

from captions.models import Track
from sessions.models import Session
from streams.demo import give_loop


def on_air(session: int, languages: list[str], stream: bool = False) -> dict[str, str]:
    """Put a session on air with a track in each language, with `stream` also the small live one: each one's address."""
    Session.objects.filter(pk=session).update(status="live")
    if stream:
        give_loop(session)
    tracks = [Track.objects.create(session_id=session, language=each, name=each) for each in languages]
    return {track.language: f"/captions/{track.address}/" for track in tracks}
