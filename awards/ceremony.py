"""A ceremony: what the stage reveals, one cue after the other. The hall sees it at once, the others when their
picture does: a cue is "staged", and after the seconds of the call's `hold` "shown"."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from awards import audience, deciding
from awards.models import AUDIENCE, HONOURS, Category, Cue, Kind, State
from common import clock
from live.log import append, hide
from live.revocations import end_copies
from people import audit
from people.models import Participant
from people.refusal import Refused
from people.steps import Machine, Step
from sessions.models import Session
from show.following import screen_changed

C = Cue.State
PRESENT = "awards.present"
STEPS = {"stage": Step(_("Reveal"), frozenset({C.WAITING}), C.STAGED, PRESENT)}
OTHERS = {
    "show": Step(_("Show to everybody"), frozenset({C.STAGED}), C.SHOWN, PRESENT),  # at its time: tick
    "back": Step(_("Take back"), frozenset({C.STAGED, C.SHOWN}), C.WAITING, PRESENT),
}
LABELS = {action: step.label for action, step in (STEPS | OTHERS).items()}


def add(session: Session, category: Category, by: Participant, among: Category | None = None) -> None:
    """Bring a category into a ceremony: a cue for each honour that its sealed decisions give. Raises Refused.

    For an audience award its vote is put to the session, on the finalists of the category `among`, or of all.
    """
    with transaction.atomic():
        Category.objects.select_for_update(no_key=True).get(pk=category.pk)
        if category.cues.exists():
            raise Refused(_("It is in a ceremony already."))
        last = session.award_cues.aggregate(last=Max("position"))["last"] or 0
        for position, honour in enumerate(_honours(category), last + 1):
            Cue.objects.create(session=session, category=category, honour=honour, position=position)
        if category.kind == Kind.AUDIENCE:
            audience.add(session, category, among, by)
        audit.record(by, "awards.ceremony", session.room_key, category=category.pk)


def _honours(category: Category) -> list[str]:
    """What a ceremony reveals of a category, in the order of the stage."""
    if category.kind == Kind.AUDIENCE:
        return [AUDIENCE]
    winners = deciding.sealed_of(category, deciding.WINNERS)
    if winners is None:
        raise Refused(_("Its winners are not sealed."))
    given = {honour for honour, _pk in deciding.opened(winners)}
    given |= {State.FINALIST} if deciding.sealed_of(category, deciding.FINALISTS) else set()
    return [honour for honour in (State.FINALIST, *HONOURS) if honour in given]


def drop(session: Session, category: Category, by: Participant) -> None:
    """Take a category out of the ceremony. Raises Refused once anything of it was revealed, or voted on."""
    with transaction.atomic():
        cues = session.award_cues.select_for_update().filter(category=category)
        if not cues or any(cue.state != C.WAITING for cue in cues):
            raise Refused(_("Something of this category is revealed: take that back first."))
        if category.kind == Kind.AUDIENCE:
            audience.remove(category, by)
        cues.delete()
        audit.record(by, "awards.drop", session.room_key, category=category.pk)


def decision_of(cue: Cue) -> Any:
    """The sealed decision that a cue reveals a part of; None when the chair has taken the seal off."""
    kind = deciding.FINALISTS if cue.honour == State.FINALIST else deciding.WINNERS
    return deciding.sealed_of(cue.category, kind)


def _lock(pk: int) -> Cue:
    Cue.objects.select_for_update(of=("self",)).get(pk=pk)
    return Cue.objects.select_related("category__call__edition", "session__edition").get(pk=pk)


def _change(cue: Cue, action: str, *, taken_by: Participant | None = None) -> None:
    """What goes with a step, in the old state."""
    if cue.honour == AUDIENCE:
        _change_audience(cue, action)
    else:
        _change_honour(cue, action, taken_by)
    if action != "show":
        cue.staged_at = clock.now() if action == "stage" else None


def _change_audience(cue: Cue, action: str) -> None:
    """The vote is counted when its envelope is opened; what is shown then is what the hall saw."""
    if action == "stage":
        audience.count(cue)
    elif action == "back":
        audience.forget(cue)


def _change_honour(cue: Cue, action: str, taken_by: Participant | None) -> None:
    decision = decision_of(cue)
    if decision is None:
        raise Refused(_("The seal of this decision was taken off."))
    if action == "stage":
        deciding.opened(decision)  # is it what was sealed?
    elif action == "show":
        _publish(cue, decision)
    elif taken_by and cue.state == C.SHOWN and cue.honour != State.FINALIST:
        deciding.take_back_honour(decision, cue.honour, taken_by)


def _publish(cue: Cue, decision: Any) -> None:
    if cue.honour != State.FINALIST:
        deciding.honour_all(decision, cue.honour, None)
    elif not decision.opened_at:
        deciding.open_finalists(cue.category, None)


def _save(cue: Cue) -> None:
    cue.version += 1
    cue.save()
    if cue.honour != State.FINALIST:
        left = cue.category.cues.exclude(honour=State.FINALIST).exclude(state=C.SHOWN)
        at = None if left.exists() else clock.now()
        cue.category.decisions.filter(kind=deciding.WINNERS).update(opened_at=at)


def _record(by: Participant | None, action: str, cue: Cue, **details: Any) -> None:
    audit.record(by, f"awards.cue_{action}", cue.session.room_key, category=cue.category_id, **details)


def _announce(cue: Cue, before: dict[str, Any]) -> None:
    """ "awards.cue": what the session's page shows of the ceremony has changed. It holds ids only."""
    if C.SHOWN in (cue.state, before["state"]):
        data, parent = {"session": cue.session_id}, cue.session.edition.room_key
        append(cue.session.room_key, "awards.cue", data, parent=parent)
    if before["state"] == C.SHOWN:
        hide(cue.session.room_key)  # what was rendered of it
        end_copies()  # the awards' public pages
    if cue.state != C.SHOWN:  # the stage has that already: drawn again, its envelope would open again
        screen_changed(cue.session)


MACHINE = Machine(
    steps=STEPS,
    others=OTHERS,
    lock=_lock,
    change=_change,
    save=_save,
    snapshot=lambda cue: {"state": cue.state},
    record=_record,
    announce=_announce,
    impossible=_("“%(step)s” is not possible: the envelope is “%(state)s”."),
    faster=_("Somebody was faster: the envelope is “%(state)s” now. Look again before you go on."),
)
step = MACHINE.take


def run(pk: int, action: str, by: Participant, expected: int) -> Cue:
    """Reveal a cue, or take it back. Raises Refused."""
    with transaction.atomic():
        cue = step(pk, action, by, expected=expected, taken_by=by)
        return step(pk, "show") if action == "stage" and not cue.category.call.hold else cue


def tick() -> None:
    """Show to everybody what has been on stage for long enough; of several processes the first does."""
    staged = Cue.objects.filter(state=C.STAGED).values_list("pk", "version", "staged_at", "category__call__hold")
    for pk, version, at, hold in staged:
        if at and at + timedelta(seconds=hold) <= clock.now():
            try:
                step(pk, "show", expected=version)
            except Refused:  # taken back, or another process was faster
                continue
