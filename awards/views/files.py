"""Files and pictures of entries: adding, taking out, reading."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from awards import files
from awards.forms import ChosenForm, EntryForm
from awards.models import Entry, EntryFile
from awards.state import MACHINE
from awards.views.entering import show
from awards.views.guard import own, stored
from common import clock, uploads
from people.request import Request
from sessions.guard import checked


@own.write("awards.enter")
def change(request: Request, entry: Entry) -> HttpResponse:
    """Add a "file" with its "caption", or take one out ("remove": its id)."""
    moment, mark = clock.now(), request.POST.get("mark", "")
    if "remove" in request.POST:
        pk = checked(ChosenForm(request.POST)).cleaned_data["remove"]
        with transaction.atomic():
            files.remove(MACHINE.current(entry.pk), pk, moment, mark)
    else:
        form = uploads.FileForm(request.POST, request.FILES)
        if not form.is_valid():  # decoded before the entry is locked
            return show(request, entry, EntryForm(entry), form, 422)
        with transaction.atomic():
            files.add(MACHINE.current(entry.pk), form.fields_kept(), moment, mark)
    return redirect(f"{reverse('awards:edit', args=[entry.pk])}#files")


@stored.page()
def read(request: Request, file: EntryFile) -> HttpResponse:
    """A picture or a document, for who may read its entry."""
    return uploads.served(file)
