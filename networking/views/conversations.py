"""A conversation: reading, writing, answering a request, reporting."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from common.pages import page_of
from networking import data, keeping_away, state
from networking import writing as writes
from networking.forms import LineForm, ReportForm, StepForm, VerdictForm
from networking.models import Block, Conversation, Line, Report
from networking.views.guard import office, own_line, reports, writing
from people.request import Request
from sessions.guard import checked
from sessions.models import Edition


@never_cache
@writing.page("networking.view", follow=True)
def conversation(request: Request, conversation: Conversation) -> HttpResponse:
    """What the two wrote, and what this one may do now. Opening it is reading it."""
    user = request.user
    writes.read(conversation, user)
    context = {
        "conversation": conversation,
        "edition": conversation.edition,
        "data": _data(request, conversation),
        "lines": data.lines_of(conversation),
        "role": conversation.side(user.pk),
        "client_id": uuid.uuid4(),
        "told": "told" in request.GET,
    }
    return render(request, "networking/conversation.html", context)


@writing.write("networking.write")
def say(request: Request, conversation: Conversation) -> HttpResponse:
    """Write a line."""
    sent = checked(LineForm(request.POST)).cleaned_data
    line = writes.write(conversation.pk, request.user, sent["text"], sent["client_id"])
    return _line(request, line)


def _line(request: Request, line: Line) -> HttpResponse:
    if not request.htmx:
        return redirect(line.conversation)
    context = {"data": data.line_data(line), "role": line.conversation.side(request.user.pk)}
    return render(request, "networking/events/line.html", context)


@writing.write("networking.take_part")
def step(request: Request, conversation: Conversation) -> HttpResponse:
    """action=accept|decline with the "version" that was seen."""
    sent = checked(StepForm(request.POST)).cleaned_data
    return _head(request, state.answer(conversation.pk, sent["action"], request.user, sent["version"]))


@writing.write("networking.take_part")
def away(request: Request, conversation: Conversation) -> HttpResponse:
    """Block the other one (on=1), or no longer."""
    keeping_away.block(request.user, conversation.other_id(request.user.pk), request.POST.get("on") == "1")
    return _head(request, conversation)


def _head(request: Request, conversation: Conversation) -> HttpResponse:
    """Where it stands now: the page does not need the live link to show it."""
    if not request.htmx:
        return redirect(conversation)
    return render(request, "networking/events/head.html", {"data": _data(request, conversation)})


def _data(request: Request, conversation: Conversation) -> dict[str, Any]:
    user = request.user
    away = Block.objects.filter(blocker=user, blocked=conversation.other_id(user.pk)).exists()
    return data.head_data(conversation, user.pk, away)


@writing.write("networking.take_part")
def read(request: Request, conversation: Conversation) -> HttpResponse:
    """One has seen what came while the page was open."""
    writes.read(conversation, request.user)
    return HttpResponse(status=204)


@own_line.write("networking.take_part")
def remove(request: Request, line: Line) -> HttpResponse:
    """Take back what one has written."""
    writes.remove(line)
    line.refresh_from_db()
    return _line(request, line)


@never_cache
@writing.form("networking.report")
def report(request: Request, conversation: Conversation) -> HttpResponse:
    """Tell the organisers of the other one: why, and which lines they shall read."""
    form = ReportForm(conversation, request.user.pk, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        sent = form.cleaned_data
        keeping_away.report(conversation, request.user, sent["reason"], sent["lines"])
        if sent["block"]:
            keeping_away.block(request.user, conversation.other_id(request.user.pk), True)
        return redirect(f"{conversation.get_absolute_url()}?told=1")
    other = conversation.other(request.user.pk)
    context = {"conversation": conversation, "edition": conversation.edition, "form": form, "other": other}
    return render(request, "networking/report.html", context, status=422 if form.is_bound else 200)


@never_cache
@office.page("networking.manage")
def desk(request: Request, edition: Edition) -> HttpResponse:
    """What was reported: the chosen lines, and nothing else of what people write to each other."""
    waiting = Report.objects.filter(edition=edition, state=Report.State.OPEN).select_related("by", "about")
    context = {"edition": edition, "page": page_of(request, waiting), "query": ""}
    return render(request, "networking/desk.html", context)


@reports.write("networking.manage")
def decide(request: Request, report: Report) -> HttpResponse:
    """action=uphold|dismiss."""
    action = checked(VerdictForm(request.POST)).cleaned_data["action"]
    keeping_away.decide(report.pk, action == "uphold", request.user)
    return redirect("networking:desk", report.edition.slug)
