"""Pages of the programme."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from common import uploads
from common.colours import palette as colours_of
from common.prepared import Prepared
from common.shared import shared
from common.tables import download
from live.models import Room
from people.models import Pass
from people.permissions import can
from people.request import Request
from sessions import calendars, listing, panels, reading, sharing, status
from sessions.data import SessionCard, session_card, session_detail
from sessions.forms import DELAYS, ProgrammeFilter, StatusForm
from sessions.guard import Guard, checked
from sessions.models import Edition, EditionLogo, Session, Speaker, SpeakerPhoto, Stage
from sessions.rooms import role_for


def _session(pk: int) -> Session:
    """The session with all that its page shows, or 404."""
    return get_object_or_404(Session.objects.for_display(), pk=pk)


def _speaker(pk: int) -> Speaker:
    found = Speaker.objects.select_related("edition__host_city", "photo").defer("photo__data")
    return get_object_or_404(found, pk=pk)


guard = Guard("session.view", _session)
_STAGES: Prepared[tuple[int, str, str]] = Prepared(
    lambda edition: Stage.objects.filter(edition=edition).values_list("pk", "host_city__name", "name")
)
WITH_DETAILS = ("delay", "move", "cancel")  # steps that ask for something first


@require_safe
def home(request: Request) -> HttpResponse:
    """The current edition's programme, with what is asked of it."""
    edition = Edition.current()
    if edition is None:
        return render(request, "sessions/no_edition.html")
    asked = request.META["QUERY_STRING"]
    return redirect(f"{edition.get_absolute_url()}?{asked}" if asked else edition)


@shared
@Guard("edition.view").page(follow=True)
def programme(request: Request, edition: Edition) -> HttpResponse:
    """An edition's sessions of one day, filtered; a `part` of the page or, for htmx, the list only."""
    narrowed = ProgrammeFilter(edition, request.GET)
    sessions = narrowed.apply(listing.visible_in(edition, request.user))
    clock_city = narrowed.clock_city or edition.host_city
    days = listing.count_by_day(sessions, clock_city.zone)
    day = listing.chosen_day(request.GET.get("day", ""), days, clock_city.zone)
    context = {
        "filter": narrowed,
        "filtered": narrowed.chosen,
        "clock_city": clock_city,
        "days": days,
        "day": day,
        "listing": day and _portion(request, sessions, day, clock_city.zone),
    }
    context["above"] = lambda: listing.above(request.GET.urlencode(), edition, context)
    response = render(request, f"sessions/programme.html{_part(request)}", context)
    patch_vary_headers(response, ["HX-Request"])  # the same address answers with the page or the list
    return response


PARTS = {"rows": "#rows", "day": "#rows", "filters": "#filters"}


def _portion(request: Request, sessions: Any, day: date, zone: ZoneInfo) -> listing.Listing | None:
    """The part of the day that is asked for; None for a part of the page that shows none."""
    query = request.GET
    if query.get("part") == "filters":
        return None
    if query.get("part") == "day":  # for the grid
        return listing.portion(sessions, day, zone, listing.ALL, size=listing.WHOLE)
    return listing.portion(
        sessions, day, zone, listing.ALL if query.get("q") else query.get("show", ""), query.get("after", "")
    )


def _part(request: Request) -> str:
    """The part of the page that is asked for, as the suffix of its template's name."""
    listed = request.htmx and not request.htmx.history_restore_request
    return PARTS.get(request.GET.get("part", ""), "#list" if listed else "")


@shared
@guard.page(find=reading.for_page, follow=True)
def session(request: Request, session: Session) -> HttpResponse:
    """The session page: stream, status and the panels beside it."""
    request.counted = [session.room_key]
    can_direct = can(request.user, "session.direct", session)
    role = role_for(request.user, session)
    shown = panels.read(request, session, role)
    context = {
        "session": session,
        "item": shown["item"],
        "words": shown["words"],
        "role": role,
        "can_direct": can_direct,
        "share": _share(request, session),
        "passes": [label for value, label in Pass.choices if value in session.visible_passes],
        **(_console(session) if can_direct else {}),
    }
    return render(request, "sessions/session.html", context)


def _share(request: Request, session: Session) -> dict[str, str]:
    """What a link to the session shows elsewhere."""
    return {
        "url": request.build_absolute_uri(session.get_absolute_url()),
        "text": sharing.summary(session),
        "picture": request.build_absolute_uri(sharing.picture(session)),
    }


@guard.page()
def calendar(request: Request, session: Session) -> HttpResponse:
    """The session as a file that calendars take."""
    told = calendars.tell(f"session:{session.pk}", [session])
    text = calendars.calendar(session.edition.name, told, request.build_absolute_uri)
    return download(text, f"session-{session.pk}.ics", calendars.TYPE)


@shared
@Guard("edition.view").page()
def about(request: Request, edition: Edition) -> HttpResponse:
    """The edition's help and code of conduct."""
    return render(request, "sessions/about.html", {})


@shared
@Guard("edition.view").page()
def places(request: Request, edition: Edition) -> HttpResponse:
    """What there is around an edition's sessions, for the menu of every page."""
    return render(request, "sessions/_places.html", {"edition": edition})


@Guard("edition.view").page()
def colours(request: Request, edition: Edition) -> HttpResponse:
    """The edition's colours as a style sheet: pages declare it, for no style stands in them."""
    palette = colours_of(edition.accent)
    response = HttpResponse(palette.css if palette else "", content_type="text/css; charset=utf-8")
    patch_cache_control(response, private=True, max_age=24 * 3600)  # another colour has another address
    return response


@Guard("edition.view").page()
def logo(request: Request, edition: Edition) -> HttpResponse:
    """The edition's logo, or 404."""
    return uploads.served(get_object_or_404(EditionLogo, edition=edition))


def _console(session: Session) -> dict[str, Any]:
    """What the moderator's console shows."""
    actions = status.allowed(session.status)
    change = status.last_change(session)
    return {
        "steps": [(action, status.LABELS[action]) for action in actions if action not in WITH_DETAILS],
        "details": [(action, status.LABELS[action]) for action in actions if action in WITH_DETAILS],
        "last_change": change,
        "last_label": status.LABELS[change.action] if change else "",
        "delays": DELAYS,
        "stages": [(pk, *names) for pk, *names in _STAGES.ask(session.edition_id) if pk != session.stage_id],
    }


@guard.page("session.direct")
def direct(request: Request, session: Session) -> HttpResponse:
    """The moderator's console alone: it asks for itself again when the status has changed."""
    return _console_page(request, session)


@guard.write("session.direct")
def change_status(request: Request, session: Session) -> HttpResponse:
    """Take or undo a status step."""
    session = _take(checked(StatusForm(session, request.POST)).cleaned_data, session, request)
    if not request.htmx:
        return redirect(session)
    return _console_page(request, session)


def _console_page(request: Request, session: Session) -> HttpResponse:
    context = {"session": session, "item": session_detail(session), **_console(session)}
    return render(request, "sessions/_console.html", context)


def _take(data: dict[str, Any], session: Session, request: Request) -> Session:
    expected: str | None = data["expected"] or None
    if data["action"] == "undo":
        return status.undo(session.pk, request.user, expected=expected)
    new_start: datetime | None = data["new_start"]
    return status.step(
        session.pk,
        data["action"],
        request.user,
        expected=expected,
        new_start=new_start,
        reason=data["reason"],
        stage=data["stage"],
    )


def _by_day(sessions: Iterable[Session]) -> dict[date, list[SessionCard]]:
    """Day in the host city -> cards of its sessions, the days in order."""
    days: dict[date, list[SessionCard]] = {}
    for session in sessions:
        days.setdefault(session.local_date, []).append(session_card(session))
    return dict(sorted(days.items()))


def _is_known(user: Any, speaker: Speaker) -> bool:
    """Whether a speaker is listed in anything that the user may see; one who is not yet, is the organisers' draft."""
    return speaker.sessions.visible_to(user).exists() or can(user, "edition.configure", speaker.edition)


@shared
@Guard("speaker.view", _speaker, _is_known).page()
def speaker(request: Request, speaker: Speaker) -> HttpResponse:
    """A speaker and the sessions they speak in."""
    sessions = speaker.sessions.visible_to(request.user).for_display()
    request.live_rooms = Room.heads([speaker.edition.room_key])
    return render(request, "sessions/speaker.html", {"speaker": speaker, "days": _by_day(sessions)})


@Guard("speaker.view", _speaker, _is_known).page()
def photo(request: Request, speaker: Speaker) -> HttpResponse:
    """A speaker's photo, or 404."""
    return uploads.served(get_object_or_404(SpeakerPhoto, speaker=speaker))
