"""Files of a session's captions: one takes the place of a track's lines, and they are given out as one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from captions import files, passages, translating, writing
from captions.forms import FileForm
from captions.models import Track
from captions.views import guard, of_track, page_of
from common.registry import registry
from common.tables import download
from people import audit
from people.refusal import Refused
from people.request import Request
from sessions import status
from sessions.guard import checked
from sessions.models import Session


@of_track.write("captions.direct")
def upload(request: Request, track: Track) -> HttpResponse:
    """Put the lines of a file in the place of a track's lines."""
    file = checked(FileForm(request.POST, request.FILES)).cleaned_data["file"]
    if file.size > files.LARGEST:
        raise Refused(_("The file is too large."), 413)
    cues = files.read(file.name, file.read())
    at = _times(track)
    with transaction.atomic():
        writing.replace(track, [(at(cue.start), cue.text) for cue in cues])
        passages.plan(track.session)
        audit.record(request.user, "captions.upload", track.session.room_key)
    return page_of(track.session)


def _times(track: Track) -> Callable[[float], datetime]:
    """When what stands at a place of a file was said: files go with the recording once there is one."""
    begin, recorded = status.began(track.session), registry.player().recorded(track.session)
    if recorded is None:
        return lambda place: begin + timedelta(seconds=place)
    cuts = recorded.cuts
    return lambda place: datetime.fromtimestamp(cuts.time(place) - track.offset, UTC)


@guard.page()
def file(request: Request, session: Session, language: str) -> HttpResponse:
    """A track as WebVTT, with the places of the recording once there is one; or what a machine has made so far."""
    track = session.caption_tracks.filter(language=language).first()
    lines = list(track.lines.all()) if track else translating.made(session, language)
    track = track or session.caption_tracks.first()
    if track is None or not (lines or track.language == language):
        raise Http404
    recorded = registry.player().recorded(session)
    if recorded:
        text = files.written_along(lines, track.offset, recorded.cuts)
    else:
        text = files.written(lines, status.began(session))
    return download(text, f"session-{session.pk}-{language}.vtt", "text/vtt")
