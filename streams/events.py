"""The kind of event that the streams append: what is played has changed."""

from live.log import append
from sessions.data import session_detail
from sessions.models import Session
from streams.models import Source


def changed(session: Session) -> None:
    """Tell who follows a session what its player plays now. Belongs into the transaction that changes it."""
    append(session.room_key, "streams.sources", {"item": session_detail(session)})


def source_changed(source: Source) -> None:
    """Tell the session of a source, or every session that is on air on its stage."""
    sessions = Session.objects.for_display()
    chosen = sessions.filter(pk=source.session_id) if source.session_id else sessions.filter(stage=source.stage_id)
    for session in chosen if source.session_id else chosen.on_air():
        changed(session)
