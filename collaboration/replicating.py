"""The states of a replication: how far a city is with what another one has done, who moves it, who reads what."""

from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.models import Case, City
from collaboration import speaking, telling
from collaboration.models import Adaptation, Replication, TeamMessage, TeamNotice
from common import clock
from people.models import Participant
from people.refusal import Refused
from people.steps import Machine, Step

S, K = Replication.State, TeamNotice.Kind
REPLICATE = "collaboration.replicate"
STEPS = {
    "talk": Step(gettext_lazy("We are talking to its team"), frozenset({S.INTERESTED}), S.TALKING, REPLICATE),
    "adapt": Step(gettext_lazy("We are adapting it"), frozenset({S.INTERESTED, S.TALKING}), S.ADAPTING, REPLICATE),
    "run": Step(gettext_lazy("It runs here"), frozenset({S.TALKING, S.ADAPTING}), S.RUNNING, REPLICATE),
    "drop": Step(
        gettext_lazy("We drop it"), frozenset({S.INTERESTED, S.TALKING, S.ADAPTING, S.RUNNING}), S.DROPPED, REPLICATE
    ),
    "resume": Step(gettext_lazy("Take it up again"), frozenset({S.DROPPED}), S.INTERESTED, REPLICATE),
}
LABELS = {action: step.label for action, step in STEPS.items()}
MOST_RUNNING = 50  # cities on the page of a case
MOST_WORDS = 500  # messages, and adaptations, of a replication


def begin(case: Case, city: City, by: Participant) -> Replication:
    """Say that a city is interested; who comes second finds what the first has begun. Raises Refused."""
    if not speaking.may_for_city(by, city):
        raise Refused(_("You do not speak for this city."), 403)
    if speaking.is_of(case, city):
        raise Refused(_("This case is of your own city."), 422)
    with transaction.atomic():
        replication, made = Replication.objects.get_or_create(case=case, city=city)
        if made:
            replication.steps.create(action="begin", before={}, after={"state": replication.state}, by=by)
            telling.tell(replication, K.ASKED, by)
    return replication


def _lock(pk: int) -> Replication:
    Replication.objects.select_for_update(no_key=True).get(pk=pk)
    return Replication.objects.select_related("case", "city").get(pk=pk)


def _change(replication: Replication, action: str, *, reason: str = "") -> None:
    if action == "drop" and not reason:
        raise Refused(_("Write in a few words why: the next city learns from it."), 422)
    if action == "run" and not replication.adaptations.exists():
        raise Refused(_("Write down first what you did otherwise, even if it is little."), 422)
    replication.reason = reason if action == "drop" else ""


def _save(replication: Replication) -> None:
    replication.version += 1
    replication.changed_at = clock.now()
    replication.save()


MACHINE = Machine(
    steps=STEPS,
    lock=_lock,
    change=_change,
    save=_save,
    snapshot=lambda replication: {"state": replication.state},
    record=lambda by, action, replication, **details: None,  # its own steps say it
    announce=lambda replication, before: None,
    impossible=gettext_lazy("“%(step)s” is not possible: your city is at “%(state)s”."),
    faster=gettext_lazy("A colleague was faster: it is “%(state)s” now. Look again before you go on."),
    history=lambda replication: replication.steps,
)


def step(pk: int, action: str, by: Participant, *, expected: int | None = None, **given: Any) -> Replication:
    """Take a step; the team of the case hears that it runs. Raises Refused."""
    with transaction.atomic():
        replication: Replication = MACHINE.take(pk, action, by, expected=expected, **given)
        if action == "run":
            telling.tell(replication, K.RUNS, by)
    return replication


def adapt(pk: int, text: str, by: Participant) -> Adaptation:
    """Write down what the city does otherwise. Raises Refused for too many."""
    with transaction.atomic():
        replication = _lock(pk)
        if replication.adaptations.count() >= MOST_WORDS:
            raise Refused(_("That is enough: put the rest into a case of your own."))
        return Adaptation.objects.create(replication=replication, text=text, by=by)


def write(pk: int, text: str, by: Participant, *, from_team: bool) -> TeamMessage:
    """Say something to the other side. Raises Refused for too many."""
    with transaction.atomic():
        replication = _lock(pk)
        if replication.messages.count() >= MOST_WORDS:
            raise Refused(_("You have written so much: meet."))
        telling.tell(replication, K.WORDS, by, from_team=from_team)
        return TeamMessage.objects.create(replication=replication, text=text, author=by, from_team=from_team)


def counts(case: Case) -> dict[str, int]:
    """How many cities have asked for a case, and in how many it runs."""
    running = Count("pk", filter=Q(state=S.RUNNING))
    return Replication.objects.filter(case=case).aggregate(asked=Count("pk"), running=running)


def running(case: Case) -> list[dict[str, Any]]:
    """The cities in which a case runs, with what each does otherwise; the first of many by their names."""
    found = Replication.objects.filter(case=case, state=S.RUNNING).select_related("city")
    return [
        {"city": replication.city, "adaptations": list(replication.adaptations.all())}
        for replication in found.prefetch_related("adaptations").order_by("city__name", "pk")[:MOST_RUNNING]
    ]
