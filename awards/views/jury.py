"""The jury: the organisers' page of it, and the judge's desk."""

from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from awards import jury, panels, rounds
from awards.data import answers_of
from awards.forms import JudgeForm, PanelForm, RecuseForm, ReviewForm
from awards.models import JUDGED, Entry, Judge, Panel, Review, State
from awards.views.guard import call_of, desk, office
from common.numbers import number_in
from common.pages import page_of
from common.versions import knowingly
from people import audit
from people.refusal import Refused
from people.request import Request
from sessions.guard import checked
from sessions.models import Edition


@never_cache
@office.form("awards.manage")
def members(request: Request, edition: Edition) -> HttpResponse:
    """Who is in the jury, how far they are, and whom else to add. A post adds; "remove" is the id of who goes."""
    call = call_of(edition)
    form = JudgeForm(call, request.POST if request.method == "POST" and "remove" not in request.POST else None)
    if pk := request.POST.get("remove", ""):
        judge = get_object_or_404(call.judges.select_related("participant", "call__edition"), pk=number_in(pk) or 0)
        jury.remove(judge, request.user)
        return redirect("awards:jury", edition.slug)
    if form.is_bound and form.is_valid():
        try:
            jury.add(call, form.cleaned_data["email"], form.cleaned_data, request.user)
            return redirect("awards:jury", edition.slug)
        except Refused as refusal:
            form.add_error("email", str(refusal))
    return render(request, "awards/jury.html", _members(request, call, form), status=422 if form.is_bound else 200)


@never_cache
@office.form("awards.manage")
def panel(request: Request, edition: Edition, number: int = 0) -> HttpResponse:
    """A panel of the jury, a new one without a number. A post saves it, "remove" takes it away."""
    call = call_of(edition)
    with transaction.atomic():
        found = get_object_or_404(call.panels.select_for_update(), pk=number) if number else None
        if found and "remove" in request.POST:
            panels.remove(found, request.user)
            return redirect("awards:jury", edition.slug)
        form = PanelForm(request.POST or None, instance=found or Panel(call=call))
        if request.method == "POST" and form.is_valid():
            made = form.save()
            audit.record(request.user, "awards.panel", edition.room_key, panel=made.pk)
            return redirect("awards:jury", edition.slug)
    return render(request, "awards/panel.html", {"form": form, "panel": found}, status=form.status)


def _members(request: Request, call: Any, form: JudgeForm) -> dict[str, Any]:
    done = Count("reviews", filter=Q(reviews__done_at__isnull=False))
    judges = call.judges.select_related("participant").prefetch_related("categories")
    eligible = Entry.objects.of(call.edition).filter(state=State.ELIGIBLE)
    lacking = eligible.annotate(judges=Count("reviews")).filter(judges__lt=call.reviews)
    counted = judges.annotate(given=Count("reviews"), done=done).order_by("-chair", "participant__name")
    numbers = {"eligible": eligible.count(), "lacking": lacking.count()}
    listed = call.panels.prefetch_related("categories").annotate(members=Count("judges")).order_by("name", "pk")
    lists = {"judges": page_of(request, counted, name="judges"), "panels": page_of(request, listed, name="panels")}
    return {"call": call, "form": form} | lists | numbers


@office.write("awards.manage")
def distribute(request: Request, edition: Edition) -> HttpResponse:
    """Give every eligible entry its judges; the page says how many lack some."""
    jury.distribute(call_of(edition), request.user)
    return redirect("awards:jury", edition.slug)


@never_cache
@office.page("awards.judge")
def reviews(request: Request, edition: Edition) -> HttpResponse:
    """The judge's own entries, what is to be done first."""
    judges = Judge.objects.select_related("call__edition")
    judge = get_object_or_404(judges, call__edition=edition, participant=request.user)
    own = judge.reviews.filter(entry__state__in=JUDGED).select_related("entry__category").order_by("done_at", "pk")
    failed = {pk for category in {review.entry.category for review in own} for pk in rounds.out(category)}
    judged = [review for review in own if review.entry_id not in failed]
    listed = sorted(judged, key=lambda review: (review.done_at is not None, not review.marks))
    done = sum(review.done_at is not None for review in listed)
    page = page_of(request, listed)
    return render(request, "awards/desk.html", {"call": judge.call, "page": page, "done": done})


@never_cache
@desk.form("awards.judge")
def review(request: Request, review: Review) -> HttpResponse:
    """The entry and the rubric side by side. It is saved while one judges; "done" lets it count."""
    if request.method != "POST":
        return render(request, "awards/review.html", _context(review, ReviewForm(review)))
    form = ReviewForm(review, knowingly(request.POST))
    if form.is_valid():
        is_done = "done" in request.POST
        review = jury.save_marks(review.pk, form.given(), form.cleaned_data["note"], is_done, request.user)
    if request.htmx:
        return render(request, "awards/_judged.html", _context(review, form))
    if not form.is_valid():
        return render(request, "awards/review.html", _context(review, form), status=form.status)
    return redirect("awards:desk", review.edition.slug)


def _context(review: Review, form: ReviewForm) -> dict[str, Any]:
    entry = review.entry
    version = ReviewForm(review, form.data).version if form.errors else ReviewForm(review).version
    return {
        "review": review,
        "entry": entry,
        "form": form,
        "version": version,
        "left": sum(row["key"] not in review.marks for row in form.criteria),
        "answers": answers_of(entry, entry.answers),
        "attachments": entry.files.submitted(),
        "may_judge": jury.may_judge(review),
        "others": _others(review, form.criteria) if entry.call.scores_open else None,
    }


def _others(review: Review, criteria: list[Any]) -> list[list[Any]]:
    """The marks of the other judges of the same entry, without names, in the order of the criteria."""
    others = review.entry.reviews.filter(done_at__isnull=False).exclude(pk=review.pk)
    return [[other.marks.get(row["key"]) for row in criteria] for other in others]


@desk.write("awards.judge")
def recuse(request: Request, review: Review) -> HttpResponse:
    """The judge cannot judge this entry: somebody else gets it."""
    jury.recuse(review, checked(RecuseForm(request.POST)).cleaned_data["reason"], request.user)
    return redirect("awards:desk", review.edition.slug)
