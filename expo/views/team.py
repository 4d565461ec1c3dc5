"""The pages of a stand's team: the desk, the profile, who belongs to it, badges that it scanned."""

import uuid
from typing import Any

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from common.numbers import number_in
from common.pages import page_of
from common.tables import XLSX, download
from common.uploads import FileForm
from common.versions import knowingly
from expo import data, documents, logos, numbers, partners, scanning, state
from expo import team as teams
from expo.forms.leads import ScanForm
from expo.forms.stand import InviteForm, LogoForm, ProfileForm
from expo.models import PENDING, Exhibitor, Meeting, Talk
from expo.views.guard import invited, team
from people import audit
from people.request import Request
from sessions.guard import checked

# The scanner alone may use the camera, and runs the reader's compiled code.
CAMERA = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"


@never_cache
@team.page("expo.take_part", follow=True)
def desk(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """Who rings, what one has taken, meetings, numbers."""
    user = request.user
    meetings = Meeting.objects.filter(exhibitor=exhibitor).select_related(*partners.RELATED)
    mine = meetings.filter(state=Meeting.State.ACCEPTED, host=user) | meetings.filter(state__in=PENDING, host=None)
    context = {
        "exhibitor": exhibitor,
        "edition": exhibitor.edition,
        "data": data.waiting(exhibitor.pk),
        "taken": Talk.objects.filter(exhibitor=exhibitor, taken_by=user, state=Talk.State.OPEN).select_related(
            "visitor"
        ),
        "meetings": data.meetings_of(mine.distinct()[:100], user),
        "numbers": numbers.numbers(exhibitor),
        "here": exhibitor.team.filter(participant=user, here=True).exists(),
    }
    return render(request, "expo/desk.html", context)


@team.write("expo.take_part")
def here(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """Say that one is at the stand (on=1), or no longer."""
    teams.be_here(exhibitor, request.user, request.POST.get("on") == "1")
    return redirect("expo:desk", exhibitor.pk)


@never_cache
@team.form("expo.take_part")
def profile(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """What the team writes about itself; "submit" asks for approval."""
    if request.method != "POST":
        return _profile(request, exhibitor, ProfileForm(exhibitor), 200)
    with transaction.atomic():
        exhibitor = state.to_write(exhibitor.pk)
        form = ProfileForm(exhibitor, knowingly(request.POST))
        if form.is_valid():
            exhibitor.draft = (exhibitor.draft or exhibitor.content()) | form.draft()
            exhibitor.version += 1
            exhibitor.save(update_fields=["draft", "version"])
            if request.POST.get("submit"):
                state.step(exhibitor.pk, "submit", request.user)
            return redirect("expo:profile", exhibitor.pk)
    return _profile(request, exhibitor, form, form.status)


def _profile(
    request: Request, exhibitor: Exhibitor, form: ProfileForm, status: int, **forms: LogoForm | FileForm
) -> HttpResponse:
    context: dict[str, Any] = {"exhibitor": exhibitor, "edition": exhibitor.edition, "form": form}
    context |= {"logo_form": LogoForm(shows=logos.drafted(exhibitor)), "drafted_logo": logos.drafted(exhibitor)}
    context |= {"file_form": FileForm(), "documents": documents.drafted(exhibitor), "most": documents.MOST}
    return render(request, "expo/profile.html", context | forms, status=status)


@team.write("expo.take_part")
def logo(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """Draft the logo "file", or with "remove" none; it is shown when an organiser has approved it."""
    form = LogoForm(request.POST, request.FILES)
    if not form.is_valid():  # decoded before the exhibitor is locked
        return _profile(request, exhibitor, ProfileForm(exhibitor), 422, logo_form=form)
    with transaction.atomic():
        exhibitor = state.to_write(exhibitor.pk)
        if not form.has_seen(logos.drafted(exhibitor)):
            return _profile(request, exhibitor, ProfileForm(exhibitor), 409, logo_form=form)
        logos.draft(exhibitor, form.picture)
    return redirect("expo:profile", exhibitor.pk)


@team.write("expo.take_part")
def papers(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """Draft the document "file" with its "caption", or take one out ("remove": its id)."""
    form = FileForm(request.POST, request.FILES)
    removed = number_in(request.POST.get("remove", ""))
    if removed is None and not form.is_valid():  # looked into before the exhibitor is locked
        return _profile(request, exhibitor, ProfileForm(exhibitor), 422, file_form=form)
    with transaction.atomic():
        exhibitor = state.to_write(exhibitor.pk)
        if removed is None:
            documents.add(exhibitor, form.fields_kept())
        else:
            documents.remove(exhibitor, removed)
    return redirect(f"{reverse('expo:profile', args=[exhibitor.pk])}#documents")


@never_cache
@team.form("expo.take_part")
def members(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """The team: invite an address, remove a member."""
    if request.method == "POST":
        sent = checked(InviteForm(request.POST)).cleaned_data
        if sent["remove"]:
            teams.remove(exhibitor, sent["remove"], request.user)
        elif sent["email"]:
            teams.invite(exhibitor, sent["email"], request.user)
        if not teams.is_member(request.user, exhibitor):
            return redirect("expo:index", exhibitor.edition.slug)
        return redirect("expo:team", exhibitor.pk)
    context: dict[str, Any] = {
        "exhibitor": exhibitor,
        "edition": exhibitor.edition,
        "members": exhibitor.team.select_related("participant"),
    }
    return render(request, "expo/team.html", context)


@invited.write("expo.take_part")
def join(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """Accept an invitation."""
    teams.accept(request.user, exhibitor)
    return redirect("expo:desk", exhibitor.pk)


@never_cache
@team.form("expo.take_part")
def scan(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """GET: the scanner. POST: a badge that was scanned or typed, maybe long ago; to scripts as JSON."""
    if request.method != "POST":
        return _scanner(request, exhibitor, ScanForm(initial={"code": request.GET.get("code", "")}))
    sent = checked(ScanForm(request.POST)).cleaned_data
    lead = scanning.scan(exhibitor, request.user, scanning.Scan(**sent))
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"id": lead.pk, "told": list(scanning.told(lead).values())})
    return _scanner(request, exhibitor, ScanForm(), told=scanning.told(lead))


def _scanner(request: Request, exhibitor: Exhibitor, form: ScanForm, **more: Any) -> HttpResponse:
    context = {"exhibitor": exhibitor, "edition": exhibitor.edition, "form": form, "client_id": uuid.uuid4(), **more}
    response = render(request, "expo/scan.html", context)
    response.headers["Permissions-Policy"] = CAMERA
    response.runs_wasm = True  # type: ignore[attr-defined]
    return response


@never_cache
@team.page("expo.take_part")
def leads(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """Whose badge was scanned, with what was noted."""
    page = page_of(request, scanning.leads_of(exhibitor))
    rows = [{"lead": lead, "told": scanning.told(lead)} for lead in page]
    context = {"exhibitor": exhibitor, "edition": exhibitor.edition, "page": page, "rows": rows}
    return render(request, "expo/leads.html", context)


@never_cache
@team.page("expo.take_part")
def leads_csv(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """The leads as a table, with a line in the record."""
    audit.record(request.user, "expo.leads", exhibitor.edition.room_key, exhibitor=exhibitor.pk)
    return download(scanning.leads_csv(exhibitor), f"leads-{exhibitor.pk}.csv")


@never_cache
@team.page("expo.take_part")
def leads_xlsx(request: Request, exhibitor: Exhibitor) -> HttpResponse:
    """The leads as a workbook, with a line in the record."""
    audit.record(request.user, "expo.leads", exhibitor.edition.room_key, exhibitor=exhibitor.pk)
    return download(scanning.leads_xlsx(exhibitor), f"leads-{exhibitor.pk}.xlsx", XLSX)
