"""Transcripts of recordings for the search: cut into passages, each at its place, written anew by a job.

Whoever may not see a session, or once it plays no recording, finds nothing of it at that very moment: that is asked
with each search. What is said in a passage follows within seconds.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from captions.models import Caption, Passage, Track
from common import clock
from common.contract import Document, Job, Recorded, Searched
from common.registry import registry
from common.search import written
from scheduler import planning
from sessions.models import Session, Status

JOB = "captions.passages"
SECONDS, LETTERS = 30, 600  # of a passage: it ends with the line that passes either
MOST = 1_000  # passages of a track


def plan(session: Session) -> None:
    """Have the passages of a session written anew, if it has captions. Belongs into the transaction of the change."""
    if session.status == Status.ON_DEMAND and session.caption_tracks.exists():
        planning.at(clock.now(), JOB, {"session": session.pk}, key=str(session.pk))


@receiver(post_save, sender=Session)
def _published(instance: Session, created: bool, **_: Any) -> None:
    if not created:
        plan(instance)


def write(data: dict[str, Any]) -> None:
    """The job: what of a session's passages has changed since."""
    session = Session.objects.filter(pk=data["session"]).select_related("recording").first()
    recorded = registry.player().recorded(session) if session else None
    for track in Track.objects.filter(session=data["session"]):
        _write(track, list(_passages(track, recorded))[:MOST] if recorded else [])


def _write(track: Track, wanted: list[tuple[int, str]]) -> None:
    before = {(passage.place, passage.text): passage.pk for passage in track.passages.all()}
    gone = [pk for key, pk in before.items() if key not in set(wanted)]
    Passage.objects.filter(pk__in=gone).delete()
    new = [Passage(track=track, place=place, text=text) for place, text in wanted if (place, text) not in before]
    Passage.objects.bulk_create(new)
    # All of them: the session may have another title by now.
    written.send(Passage, ids=list(track.passages.values_list("pk", flat=True)), fields=None)
    Track.objects.filter(pk=track.pk).update(searched=bool(wanted))


def _passages(track: Track, recorded: Recorded) -> Iterator[tuple[int, str]]:
    begin, texts, length = 0, list[str](), 0
    for place, text in _placed(track.lines.order_by("at", "pk"), track.offset, recorded):
        if texts and (place - begin >= SECONDS or length > LETTERS):
            yield begin, " ".join(texts)
            texts, length = [], 0
        begin = begin if texts else place
        texts.append(text)
        length += len(text)
    if texts:
        yield begin, " ".join(texts)


def _placed(lines: Iterable[Caption], offset: int, recorded: Recorded) -> Iterator[tuple[int, str]]:
    for line in lines:
        time = line.at.timestamp() + offset
        if recorded.cuts.shows(time):
            yield max(0, int(recorded.cuts.place(time) or 0)), line.text


def documents(ids: Collection[int]) -> Iterator[Document]:
    """Passages, each with the address that plays it."""
    related = ("track__session__edition", "track__session__theme", "track__session__stage__host_city")
    for passage in Passage.objects.filter(pk__in=ids).select_related(*related):
        session = passage.track.session
        yield Document(
            pk=passage.pk,
            title=session.title,
            url=f"{session.get_absolute_url()}?t={passage.place}",
            place=f"{_clock(passage.place)} · {passage.track.name}",
            text=passage.text,
            themes=[session.theme.slug] if session.theme else [],
            language=passage.track.language[:2],
            scope=session.edition.room_key,
            day=session.local_date,
            owner=session.pk,
        )


def _clock(place: int) -> str:
    hours, minutes = divmod(place // 60, 60)
    return f"{hours}:{minutes:02}:{place % 60:02}" if hours else f"{minutes}:{place % 60:02}"


def hidden(user: Any) -> list[int]:
    """The sessions whose transcripts are not there for this person: hidden ones, and those that play no recording."""
    shown = registry.player().with_recording(Session.objects.visible_to(user)).values("pk")
    tracks = Track.objects.filter(searched=True).exclude(session__in=shown)
    return list(tracks.order_by().values_list("session", flat=True).distinct())


JOBS = {JOB: Job(write)}
SEARCHED = {
    "said": Searched(
        label=_("Said in recordings"),
        one=_("Said"),
        icon="captions",
        model=Passage,
        columns=("place", "text"),
        documents=documents,
        hidden=hidden,
        passages=True,
    )
}
