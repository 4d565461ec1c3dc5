"""The approval of what a team writes about itself: which step leads where, and what goes with it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from expo import events
from expo.models import CONTENT, Exhibitor, State
from people import audit
from people.models import Participant
from people.refusal import Refused
from people.steps import Machine, Step
from sessions.models import Theme

S = State
TEAM, MANAGE = "expo.take_part", "expo.manage"
ALL = frozenset(S)

# What its team does.
OWN_STEPS = {"submit": Step(_("Ask for approval"), frozenset({S.WRITING, S.RETURNED, S.APPROVED}), S.WAITING, TEAM)}
# What organisers do.
STEPS = {
    "approve": Step(_("Approve"), frozenset({S.WAITING}), S.APPROVED, MANAGE),
    "return": Step(_("Return"), frozenset({S.WAITING}), S.RETURNED, MANAGE),
    "hide": Step(_("Take down"), ALL, None, MANAGE),
    "show": Step(_("Show again"), ALL, None, MANAGE),
}
LABELS = {action: step.label for action, step in (OWN_STEPS | STEPS).items()}
FIELDS = ("state", "reason", "is_public", "draft", *CONTENT)


def _lock(pk: int) -> Exhibitor:
    Exhibitor.objects.select_for_update(no_key=True).get(pk=pk)
    return Exhibitor.objects.select_related("stand__host_city", "edition__host_city").get(pk=pk)


def _change(exhibitor: Exhibitor, action: str, *, words: str = "") -> None:
    """What goes with a step. `words` say why something is returned."""
    if action == "return" and not words:
        raise Refused(_("Write in a few words what has to change."), 422)
    if action == "submit" and not exhibitor.draft.get("name"):
        raise Refused(_("Write at least a name before you ask for approval."), 422)
    if action == "show" and not exhibitor.name:
        raise Refused(_("Nothing of it was approved yet."))
    exhibitor.reason = words if action == "return" else ""
    if action == "approve":
        publish(exhibitor, exhibitor.draft)
    if action in ("approve", "hide", "show"):
        exhibitor.is_public = action != "hide"


def publish(exhibitor: Exhibitor, draft: dict[str, Any]) -> None:
    """From now on everybody reads what was written."""
    for name in CONTENT:
        if name in draft:
            setattr(exhibitor, name, draft[name])
    if "themes" in draft:
        exhibitor.themes.set(Theme.objects.filter(edition=exhibitor.edition_id, pk__in=draft["themes"]))


def _snapshot(exhibitor: Exhibitor) -> dict[str, Any]:
    return {name: getattr(exhibitor, name) for name in FIELDS} | {"themes": exhibitor.content()["themes"]}


def _restore(exhibitor: Exhibitor, before: dict[str, Any]) -> None:
    for name in FIELDS:
        setattr(exhibitor, name, before[name])
    exhibitor.themes.set(before["themes"])


def _save(exhibitor: Exhibitor) -> None:
    exhibitor.version += 1
    exhibitor.save()


def record(by: Participant | None, action: str, exhibitor: Exhibitor, **details: Any) -> None:
    """Put a step on record, for the edition."""
    audit.record(by, f"expo.{action}", exhibitor.edition.room_key, exhibitor=exhibitor.pk, **details)


def _announce(exhibitor: Exhibitor, before: dict[str, Any]) -> None:
    if before["is_public"] or exhibitor.is_public:
        events.changed(exhibitor.edition_id)
    if before["is_public"] and not exhibitor.is_public:
        events.closed(exhibitor)


MACHINE = Machine(
    steps=STEPS,
    others=OWN_STEPS,
    lock=_lock,
    change=_change,
    save=_save,
    snapshot=_snapshot,
    record=record,
    announce=_announce,
    impossible=_("“%(step)s” is not possible: it is “%(state)s”."),
    faster=_("Somebody was faster: it has changed and is “%(state)s” now. Look again before you go on."),
    history=lambda exhibitor: exhibitor.steps,
    restore=_restore,
)
step = MACHINE.take


def to_write(pk: int) -> Exhibitor:
    """The exhibitor, locked, for its team to change what it drafts. Raises Refused while an organiser looks at it."""
    exhibitor = MACHINE.current(pk)
    if exhibitor.state == S.WAITING:
        raise Refused(_("An organiser looks at it. Wait for the answer before you change it."))
    return exhibitor
