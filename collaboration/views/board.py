"""What everybody may see: the board of commitments, a page each, and their texts as they were signed."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from collaboration import data, speaking
from collaboration.models import Commitment, Party, State
from collaboration.views.guard import is_party, seen
from common.numbers import number_in
from common.pages import page_of
from common.search import holds, words
from people.permissions import can
from people.request import Request
from sessions.models import Edition

TURNS = ("turn_late", "turn_silent", "reopen")
MOST_TURNS = 20  # of a commitment, the newest, on its page


@require_safe
def board(request: Request) -> HttpResponse:
    """The commitments that all parties have signed, by state, edition, party and year."""
    chosen = {name: request.GET.get(name, "")[:80] for name in ("state", "edition", "party", "year", "q")}
    fitting = _fitting(chosen)
    shown = fitting.filter(state=chosen["state"]) if chosen["state"] in data.PUBLIC_STATES else fitting
    page = page_of(request, shown)
    context = {
        "chosen": chosen,
        "tabs": data.state_counts(fitting),
        "all": fitting.count(),
        "page": page,
        "rows": data.rows(page.object_list),
        "editions": Edition.objects.filter(commitments__in_force_at__isnull=False).distinct().order_by("-start_date"),
        "years": _years(),
        "links": _desks(request),
    }
    return render(request, "collaboration/board.html", context)


def _desks(request: Request) -> list[tuple[Any, str]]:
    """Where somebody goes on from the board: their own commitments, the review of the current edition."""
    edition = request.edition = Edition.current()
    if edition is None:
        return []
    found: list[tuple[Any, str]] = []
    if speaking.organisations(request.user).exists() and can(request.user, "collaboration.speak", edition):
        found.append((_("Your commitments"), reverse("collaboration:mine", args=[edition.slug])))
    if can(request.user, "collaboration.manage", edition):
        found.append((_("Review"), reverse("collaboration:review", args=[edition.slug])))
    return found


def _fitting(chosen: dict[str, str]) -> Any:
    found = Commitment.objects.public()
    if chosen["edition"]:
        found = found.filter(edition__slug=chosen["edition"])
    if party := number_in(chosen["party"]):
        found = found.filter(parties__organisation=party)
    if year := number_in(chosen["year"], 9999):
        found = found.filter(due__year=year)
    for word in words(chosen["q"]):
        named = Party.objects.filter(holds(word, "organisation__name")).values("commitment")
        found = found.filter(holds(word, "title") | Q(pk__in=named))
    return found


def _years() -> list[int]:
    return [day.year for day in Commitment.objects.public().order_by().dates("due", "year")]


@seen.page()
def commitment(request: Request, commitment: Commitment) -> HttpResponse:
    """One commitment: what is promised, by whom, how it stands, its texts, and what was heard."""
    speaks, reads_all = is_party(request.user, commitment), _reads_all(request.user, commitment)
    texts = data.texts_of(commitment, reads_all)
    context = {
        "commitment": commitment,
        "texts": texts,
        "counts": next((text for text in texts if text["version"].pk == commitment.in_force_id), None),
        "proposed": commitment.proposed if reads_all else None,
        "reports": page_of(request, commitment.reports.select_related("organisation"), name="reports"),
        "turns": commitment.steps.filter(action__in=TURNS).order_by("-pk")[:MOST_TURNS],
        "silence": data.silence_begins(commitment),
        "speaks": speaks,
        "reviews": commitment.state == State.DONE and can(request.user, "collaboration.manage", commitment),
    }
    return render(request, "collaboration/commitment.html", context)


def _reads_all(user: Any, commitment: Commitment) -> bool:
    """Whether somebody reads texts too that not all parties have signed."""
    return is_party(user, commitment) or can(user, "collaboration.manage", commitment)


@seen.page()
def text(request: Request, commitment: Commitment, number: int) -> HttpResponse:
    """A text as it was signed, in the bytes that its SHA-256 is of."""
    version = get_object_or_404(commitment.versions, number=number)
    is_open = version.signatures.count() == commitment.parties.count()
    if not is_open and not _reads_all(request.user, commitment):
        raise Http404
    name = f"commitment-{commitment.number}-{number}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(version.text.encode(), content_type="text/plain; charset=utf-8", headers=headers)
