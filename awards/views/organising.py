"""The organisers' pages: the call and its categories, who is eligible, exports."""

from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from awards import exchange, incubating, state
from awards.data import answers_of
from awards.forms import CallForm, CategoryForm, CheckForm
from awards.models import Call, Category, Consent, Entry, Kind, State
from awards.views.guard import call_of, office, staff
from common.pages import page_of
from people import audit
from people.request import Request
from sessions import exports
from sessions.guard import checked
from sessions.models import Edition

QUEUE = [State.SUBMITTED, State.QUERY, State.ELIGIBLE, State.INELIGIBLE, State.WITHDRAWN]


@never_cache
@office.form("awards.manage")
def call(request: Request, edition: Edition) -> HttpResponse:
    """The call's form, and its categories."""
    with transaction.atomic(), timezone.override(edition.host_city.zone):
        found = Call.objects.select_for_update().filter(edition=edition).first()
        form = CallForm(edition, request.POST or None, instance=found or Call(edition=edition))
        if request.method == "POST" and form.is_valid():
            form.save()
            audit.record(request.user, "awards.call", edition.room_key)
            return redirect("awards:call", edition.slug)
        context = {"form": form, "call": found, "categories": found.categories.all() if found else []}
        return render(request, "awards/call.html", context, status=form.status)


@never_cache
@office.form("awards.manage")
def category(request: Request, edition: Edition, number: int = 0) -> HttpResponse:
    """The form of a category, a new one without a number."""
    of_call = call_of(edition)
    with transaction.atomic():
        found = get_object_or_404(of_call.categories.select_for_update(), pk=number) if number else None
        form = CategoryForm(request.POST or None, instance=found or Category(call=of_call))
        if request.method == "POST" and form.is_valid():
            made = form.save()
            audit.record(request.user, "awards.category", edition.room_key, category=made.pk)
            return redirect("awards:call", edition.slug)
    return render(request, "awards/category.html", {"form": form, "category": found}, status=form.status)


@never_cache
@office.page("awards.manage")
def queue(request: Request, edition: Edition) -> HttpResponse:
    """The entries by their state: what waits for a decision first."""
    shown = request.GET.get("state", State.SUBMITTED)
    shown = shown if shown in QUEUE else State.SUBMITTED
    entries = Entry.objects.of(edition).filter(state=shown).order_by("submitted_at")
    counted = Entry.objects.of(edition).order_by().values("state").annotate(count=Count("pk"))
    counts = {row["state"]: row["count"] for row in counted}
    tabs = [{"state": each, "label": each.label, "count": counts.get(each, 0)} for each in QUEUE]
    context = {"call": call_of(edition), "tabs": tabs, "shown": shown, "page": page_of(request, entries)}
    return render(request, "awards/queue.html", context)


@never_cache
@staff.page("awards.manage")
def check(request: Request, entry: Entry) -> HttpResponse:
    """One entry as it was submitted, the dialogue, its steps, and what may be decided."""
    if entry.state == State.DRAFT:
        raise Http404  # what is not submitted is its authors' alone
    last = state.MACHINE.last(entry)
    steps = page_of(request, entry.steps.select_related("by").order_by("-pk"), name="steps")
    context = {
        "entry": entry,
        "answers": answers_of(entry, entry.answers),
        "attachments": entry.files.submitted(),
        "consent": Consent.objects.filter(entry=entry).first(),
        "needs_consent": entry.category.kind == Kind.LEADERSHIP,
        "listed": steps,
        "steps": [{"step": step, "label": state.LABELS[step.action]} for step in steps],
        "dialogue": page_of(request, entry.messages.select_related("author").order_by("-pk"), name="dialogue"),
        "allowed": state.allowed(entry.state),
        "stages": incubating.stages_of(entry.category) if entry.is_public and entry.category.stages else [],
        "undo": state.LABELS[last.action] if last and last.action in state.STEPS else "",
    }
    return render(request, "awards/check.html", context)


@staff.write("awards.manage")
def decide(request: Request, entry: Entry) -> HttpResponse:
    """action=accept|query|refuse|undo, "words", "until", and the "version" that was seen."""
    data = checked(CheckForm(entry.edition, request.POST)).cleaned_data
    if data["action"] == "undo":
        state.undo(entry.pk, request.user, state.STEPS, expected=data["version"])
    else:
        given = {"author": request.user, "words": data["words"], "until": data["until"]}
        state.step(entry.pk, data["action"], request.user, expected=data["version"], **given)
    return redirect("awards:check", entry.pk)


@never_cache
@office.page("awards.manage")
def export(request: Request, edition: Edition, form: str) -> HttpResponse:
    """What was submitted, as csv, json or xlsx."""
    return exports.export(request, edition, "awards", form, exchange.as_csv, exchange.as_json, exchange.as_xlsx)
