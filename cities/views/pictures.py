"""Pictures of cases: the team's page of them, the pictures themselves, and an editor's last means."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from cities import pictures, state, writing
from cities.forms import CasePictureForm, ChosenForm
from cities.models import Case, CasePicture
from cities.views.guard import EDITS, WRITES, edit_picture, own, stored
from common import uploads
from people.request import Request
from sessions.guard import checked


@never_cache
@own.form(WRITES)
def gallery(request: Request, case: Case) -> HttpResponse:
    """What a case shows: add a "file" with its "caption" and "credit", or take one out ("remove": its id)."""
    if request.method != "POST":
        return _show(request, case, CasePictureForm())
    if "remove" in request.POST:
        pk = checked(ChosenForm(request.POST)).cleaned_data["remove"]
        with transaction.atomic():
            pictures.remove(state.MACHINE.current(case.pk), pk)
        return redirect("cities:pictures", case.pk)
    form = CasePictureForm(request.POST, request.FILES)
    if not form.is_valid():  # decoded before the case is locked
        return _show(request, case, form, 422)
    with transaction.atomic():
        pictures.add(state.MACHINE.current(case.pk), form.fields_kept(), request.user)
    return redirect("cities:pictures", case.pk)


def _show(request: Request, case: Case, form: CasePictureForm, status: int = 200) -> HttpResponse:
    context = {
        "case": case,
        "form": form,
        "pictures": case.pictures.written(),
        "most": pictures.MOST,
        "can_write": case.state in writing.WRITTEN,
    }
    return render(request, "cities/pictures.html", context, status=status)


@stored.page()
def picture(request: Request, picture: CasePicture, size: str = "") -> HttpResponse:
    """A picture, or with size "card" the small one."""
    if size:
        picture.data = picture.card
    return uploads.served(picture)


@edit_picture.write(EDITS)
def erase(request: Request, picture: CasePicture) -> HttpResponse:
    """Take a picture down at once, wherever it is shown."""
    with transaction.atomic():
        pictures.erase(picture, request.user)
    return redirect("cities:check", picture.case_id)
