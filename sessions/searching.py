"""How the search finds sessions and speakers."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from common.contract import Document, Searched
from people.permissions import can
from sessions.models import Edition, HostCity, Session, Speaker, Stage, Strand, Theme
from sessions.sharing import plain


def sessions(ids: Collection[int]) -> Iterator[Document]:
    """Sessions by their title, abstract, speakers and place. Whom they are not for is asked with each search."""
    for session in Session.objects.filter(pk__in=ids).for_display():
        names = [text for speaker in session.speakers.all() for text in (speaker.name, speaker.organisation)]
        yield Document(
            pk=session.pk,
            title=session.title,
            url=session.get_absolute_url(),
            place=f"{session.stage.name}, {session.stage.host_city.name}",
            text=plain(session.abstract),
            keys=" ".join([*names, session.format, session.strand.name if session.strand else ""]),
            themes=[session.theme.slug] if session.theme else [],
            scope=session.edition.room_key,
            day=session.local_date,
            clock=session.start.astimezone(session.zone).time(),
        )


def speakers(ids: Collection[int]) -> Iterator[Document]:
    """Speakers by who they are; never by sessions, which may be hidden."""
    for speaker in Speaker.objects.filter(pk__in=ids):
        parts = (speaker.role, speaker.organisation, speaker.city, speaker.country)
        yield Document(
            pk=speaker.pk,
            title=speaker.name,
            url=speaker.get_absolute_url(),
            place=", ".join(filter(None, parts)),
            text=plain(speaker.biography),
            scope=f"edition:{speaker.edition_id}",
        )


def hidden_speakers(user: Any) -> Collection[int]:
    """Those who are listed in nothing that this person may see; who is in nothing yet, is the organisers' draft."""
    shown = Session.speakers.through.objects.exclude(session__in=Session.objects.hidden_from(user)).values("speaker")
    unseen = dict(Speaker.objects.exclude(pk__in=shown).order_by().values_list("pk", "edition"))
    if not unseen:
        return ()
    editions = Edition.objects.filter(pk__in=set(unseen.values()))
    planned = {edition.pk for edition in editions if can(user, "edition.configure", edition)}
    return [pk for pk, edition in unseen.items() if edition not in planned]


def themes() -> Mapping[str, str]:
    """The themes of all editions by their slug; of two with one slug the newer edition's name."""
    return dict(Theme.objects.order_by("edition__start_date", "position").values_list("slug", "name"))


SEARCHED = {
    "session": Searched(
        label=_("Sessions"),
        one=_("Session"),
        icon="calendar-days",
        model=Session,
        columns=("title", "abstract", "format", "stage", "stage_id", "strand", "strand_id", "theme", "start"),
        documents=sessions,
        hidden=Session.objects.hidden_from,
        themes=themes,
        parts={
            Speaker: "speakers",
            Stage: "stage",
            HostCity: "stage__host_city",
            Strand: "strand",
            Theme: "theme",
        },
    ),
    "speaker": Searched(
        label=_("Speakers"),
        one=_("Speaker"),
        icon="mic",
        model=Speaker,
        columns=("name", "role", "organisation", "city", "country", "biography"),
        documents=speakers,
        hidden=hidden_speakers,
    ),
}
