"""The entrant's pages: beginning, writing, submitting, the receipt."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from awards import entering, files, tomorrow
from awards.content import completeness
from awards.data import answers_of
from awards.forms import AuthorForm, ChoiceForm, EntryForm, WordsForm
from awards.models import Category, Consent, Entry, Kind
from awards.state import MACHINE
from awards.views.guard import call_of, guard, own
from common import clock
from common.pages import page_of
from common.uploads import FileForm
from common.versions import knowingly
from people.request import Request
from sessions.guard import checked
from sessions.models import Edition


@never_cache
@guard.page("awards.enter")
def mine(request: Request, edition: Edition) -> HttpResponse:
    """One's own entries, and the categories in which one may begin another."""
    call = call_of(edition)
    entries = page_of(request, Entry.objects.of(edition).by(request.user))
    context = {
        "call": call,
        "page": entries,
        "entries": [{"entry": entry, "percent": _percent(entry)} for entry in entries],
        "categories": call.categories.judged(),
        "is_open": call.is_open(clock.now()),
    }
    return render(request, "awards/mine.html", context)


@guard.write("awards.enter")
def begin(request: Request, edition: Edition) -> HttpResponse:
    """Begin an entry in a category."""
    categories = Category.objects.judged().filter(call__edition=edition).select_related("call__edition")
    category = get_object_or_404(categories, pk=checked(ChoiceForm(request.POST)).cleaned_data["category"])
    with transaction.atomic():
        entry = entering.begin(category, request.user)
    return redirect("awards:edit", entry.pk)


@never_cache
@own.form("awards.enter")
def edit(request: Request, entry: Entry) -> HttpResponse:
    """The form of an entry. It is saved while one writes; "then" submits or shows it."""
    if request.method != "POST":
        return _show(request, entry, EntryForm(entry))
    moment = clock.now()
    with transaction.atomic():
        entry = MACHINE.current(entry.pk)
        form = EntryForm(entry, knowingly(request.POST))
        if form.is_valid():
            entering.save(entry, form.draft(), moment, request.POST.get("mark", ""))
    if request.htmx:
        return render(request, "awards/_saved.html", _context(entry, form))
    if not form.is_valid():
        return _show(request, entry, form, form.status)
    return redirect("awards:own", entry.pk)


def _context(entry: Entry, form: EntryForm) -> dict[str, Any]:
    """What the form and its state show. A conflict keeps the version that the person drew their words from.

    What only others have changed meanwhile goes back to the page, or the next saving would undo it.
    """
    version = EntryForm(entry, form.data).version if form.errors else EntryForm(entry).version
    merged = [form[name].as_widget(attrs={"hx-swap-oob": "true"}) for name in sorted(form.unchanged)]
    shown = {"version": version, "merged": merged, "percent": _percent(entry)}
    return {"entry": entry, "form": form, **shown}


def _show(request: Request, entry: Entry, form: EntryForm, status: int = 200) -> HttpResponse:
    return show(request, entry, form, FileForm(), status)


def show(request: Request, entry: Entry, form: EntryForm, file_form: FileForm, status: int) -> HttpResponse:
    """The page on which an entry is written, with its files."""
    can_write = entering.may_write(entry, clock.now())
    context = _context(entry, form) | {"mark": entering.mark(entry), "can_write": can_write, "call": entry.call}
    context |= {"attachments": entry.files.written(), "file_form": file_form, "most_files": files.MOST}
    return render(request, "awards/edit.html", context, status=status)


def _percent(entry: Entry) -> int:
    return completeness(entry.category.questions, entry.draft)


@never_cache
@own.page("awards.enter")
def receipt(request: Request, entry: Entry) -> HttpResponse:
    """What one has written and what counts, where it stands, the dialogue, who writes, and the next steps."""
    moment = clock.now()
    context = {
        "entry": entry,
        "call": entry.call,
        "answers": answers_of(entry, entry.draft),
        "attachments": entry.files.written(),
        "where": [entry.draft[name] for name in ("organisation", "city", "country") if entry.draft.get(name)],
        "lacks": entering.missing(entry),
        "consent": Consent.objects.filter(entry=entry).first(),
        "needs_consent": entry.category.kind == Kind.LEADERSHIP,
        "percent": _percent(entry),
        "mark": entering.mark(entry),
        "can_write": entering.may_write(entry, moment),
        "is_open": entry.call.is_open(moment),
        "authors": entry.authors.all(),
        "dialogue": page_of(request, entry.messages.select_related("author").order_by("-pk"), name="dialogue"),
    }
    return render(request, "awards/own.html", context)


@own.write("awards.enter")
def step(request: Request, entry: Entry) -> HttpResponse:
    """action=submit|withdraw|resume|answer."""
    moment, words = clock.now(), checked(WordsForm(request.POST)).cleaned_data["words"]
    actions = {
        "submit": lambda: entering.submit(entry.pk, request.user, moment, request.POST.get("mark", "")),
        "withdraw": lambda: entering.withdraw(entry.pk, request.user),
        "resume": lambda: entering.resume(entry.pk, request.user, moment),
        "answer": lambda: entering.answer(entry.pk, request.user, words, moment),
    }
    if action := actions.get(request.POST.get("action", "")):
        action()
    return redirect("awards:own", entry.pk)


@own.write("awards.enter")
def authors(request: Request, entry: Entry) -> HttpResponse:
    """Let somebody of the same organisation write too (email), or no longer (remove: their id)."""
    data = checked(AuthorForm(request.POST)).cleaned_data
    with transaction.atomic():
        entry = MACHINE.current(entry.pk)
        if data["remove"]:
            entering.remove_author(entry, data["remove"], request.user)
        else:
            entering.add_author(entry, data["email"], request.user)
    if entry.authors.filter(pk=request.user.pk).exists():
        return redirect("awards:own", entry.pk)
    return redirect("awards:mine", entry.edition.slug)


@own.write("awards.enter")
def case(request: Request, entry: Entry) -> HttpResponse:
    """Begin a case of Tomorrow.City with what a finalist's entry says; to send it is the author's consent."""
    return redirect("cities:own", tomorrow.case_of(entry, request.user).pk)
