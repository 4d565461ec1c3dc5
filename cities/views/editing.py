"""The editors' pages: what waits for them, a case as it was submitted, who else reviews."""

from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cities import origins, state, writing
from cities.content import PLAIN, completeness, content
from cities.forms import CaseForm, EditorForm, StepForm
from cities.models import FRESH, Case, Commons, Solution, State, Tool
from cities.tags import label
from cities.trust import on_record
from cities.views.guard import EDITS, MANAGES, editing, office
from common import clock
from common.pages import page_of
from common.registry import registry
from people.models import Participant, Role
from people.refusal import Refused
from people.request import Request
from sessions.guard import checked

EDITOR = "editor"
SEEN = frozenset({State.REVIEW, State.RETURNED, State.PUBLISHED})  # what is only written is its team's alone


@never_cache
@office.page(EDITS)
def queue(request: Request, commons: Commons) -> HttpResponse:
    """Cases by their state: what waits for an editor first; "due" has not been looked at for 24 months."""
    due = Q(is_public=True, reviewed_at__lte=clock.now() - FRESH)
    tabs: dict[str, Any] = {
        "review": (State.REVIEW.label, Q(state=State.REVIEW)),
        "due": (_("Due again"), due),
        "returned": (State.RETURNED.label, Q(state=State.RETURNED)),
        "published": (State.PUBLISHED.label, Q(state=State.PUBLISHED)),
    }
    shown = request.GET.get("state", "review")
    shown = shown if shown in tabs else "review"
    counts = Case.objects.aggregate(**{name: Count("pk", filter=which) for name, (_label, which) in tabs.items()})
    cases = Case.objects.filter(tabs[shown][1]).with_place().order_by("saved_at", "pk")
    waiting = {"state": State.REVIEW}
    context = {
        "tabs": [{"state": name, "label": words, "count": counts[name]} for name, (words, _which) in tabs.items()],
        "shown": shown,
        "page": page_of(request, cases),
        "tools": page_of(request, Tool.objects.filter(**waiting).order_by("pk"), name="tools"),
        "solutions": page_of(request, Solution.objects.filter(**waiting).order_by("pk"), name="solutions"),
    }
    return render(request, "cities/queue.html", context)


@never_cache
@editing.page(EDITS)
def check(request: Request, case: Case) -> HttpResponse:
    """A case as it was submitted, the dialogue, its steps, and what an editor may do."""
    if case.state not in SEEN:
        raise Http404
    steps = page_of(request, case.steps.select_related("by").order_by("-pk"), name="steps")
    given = content(case) if case.state == State.PUBLISHED else case.draft
    context = {
        "case": case,
        "origin": origins.named(case),
        "by_consent": bool(case.origin) and case.origin.partition(":")[0] not in registry.origins,
        "answers": answers(given),
        "results": given.get("results", []),
        "pictures": case.pictures.public() if case.state == State.PUBLISHED else case.pictures.written(),
        "tags": [label(code) for code in [*given.get("themes", []), *given.get("targets", [])]],
        "percent": completeness(given),
        "allowed": [(action, state.STEPS[action].label) for action in state.MACHINE.allowed(case.state)],
        "steps": [(state.LABELS[row.action], row) for row in steps],
        "listed": steps,
        "dialogue": page_of(request, case.messages.select_related("author").order_by("-pk"), name="dialogue"),
    }
    return render(request, "cities/check.html", context)


def answers(given: dict[str, Any]) -> list[tuple[Any, str]]:
    """What a draft says, with the labels of the form."""
    fields = CaseForm(Case()).fields
    rows = [(fields[name], given[name]) for name in PLAIN if given.get(name)]
    return [(field.label, str(dict(getattr(field, "choices", ())).get(value, value))) for field, value in rows]


@editing.write(EDITS)
def decide(request: Request, case: Case) -> HttpResponse:
    """action=publish|return|renew|hide|say, "words", and the "version" that was seen."""
    sent = checked(StepForm(request.POST)).cleaned_data
    if case.state not in SEEN:
        raise Http404
    if sent["action"] == "say":
        writing.say(case, request.user, sent["words"], from_team=False)
    elif sent["action"] in state.STEPS:
        given = {"author": request.user, "words": sent["words"]}
        state.step(case.pk, sent["action"], request.user, expected=sent["version"], **given)
    return redirect("cities:check", case.pk)


@never_cache
@office.form(MANAGES)
def editors(request: Request, commons: Commons) -> HttpResponse:
    """Who reviews beside the organisers: add an address, remove somebody (their id)."""
    scope = commons.scopes()[0] if commons.scopes() else ""
    if request.method == "POST":
        sent = checked(EditorForm(request.POST)).cleaned_data
        with transaction.atomic():
            _change_editors(scope, sent, request.user)
        return redirect("cities:editors")
    roles = Role.objects.filter(name=EDITOR, scope=scope).select_related("participant")
    roles = roles.order_by("participant__name", "pk")
    return render(request, "cities/editors.html", {"form": EditorForm(), "page": page_of(request, roles)})


def _change_editors(scope: str, sent: dict[str, Any], by: Participant) -> None:
    if sent["remove"]:
        Role.objects.filter(name=EDITOR, scope=scope, participant=sent["remove"]).delete()
        on_record(by, "editor_remove", sent["remove"])
        return
    added = Participant.objects.filter(email=sent["email"].strip().lower(), is_active=True).first()
    if added is None:
        raise Refused(_("Nobody has this address."), 422)
    Role.objects.get_or_create(name=EDITOR, scope=scope, participant=added)
    on_record(by, "editor_add", added.pk)
