"""The states of a case: which step leads where, what goes with it, who may take it."""

from django.utils.translation import gettext_lazy as _

from cities import listed, pictures
from cities.content import lacks, publish
from cities.models import Case, CaseMessage, CaseVersion, State
from cities.trust import on_record
from common import clock
from people.models import Participant
from people.refusal import Refused
from people.steps import Machine, Step

S = State
WRITE, EDIT = "cities.write", "cities.edit"

# What its team does.
OWN_STEPS = {
    "submit": Step(_("Ask for a review"), frozenset({S.DRAFT, S.RETURNED, S.PUBLISHED}), S.REVIEW, WRITE),
    "recall": Step(_("Take back from the review"), frozenset({S.REVIEW}), S.DRAFT, WRITE),
    "withdraw": Step(_("Withdraw"), frozenset(S) - {S.WITHDRAWN}, S.WITHDRAWN, WRITE),
    "resume": Step(_("Take up again"), frozenset({S.WITHDRAWN}), S.DRAFT, WRITE),
}
# What editors do.
STEPS = {
    "publish": Step(_("Publish"), frozenset({S.REVIEW}), S.PUBLISHED, EDIT),
    "return": Step(_("Return to its team"), frozenset({S.REVIEW}), S.RETURNED, EDIT),
    "renew": Step(_("Still true"), frozenset({S.PUBLISHED}), None, EDIT),
    "hide": Step(_("Take down"), frozenset({S.PUBLISHED, S.REVIEW}), S.RETURNED, EDIT),
}
LABELS = {action: step.label for action, step in (OWN_STEPS | STEPS).items()}


def _lock(pk: int) -> Case:
    Case.objects.select_for_update(no_key=True).get(pk=pk)
    return Case.objects.with_place().get(pk=pk)


def _change(case: Case, action: str, *, author: Participant | None = None, words: str = "") -> None:
    """What goes with a step. `words` say why something is returned or taken down."""
    if action in ("return", "hide") and not words:
        raise Refused(_("Write in a few words what has to change."), 422)
    if action == "submit" and (missing := lacks(case.draft)):
        raise Refused(_("Not yet: %(parts)s.") % {"parts": "; ".join(missing)}, 422)
    if action in ("return", "hide"):
        CaseMessage.objects.create(case=case, author=author, text=words, from_team=False)
    case.reason = words if action in ("return", "hide") else ""
    if action == "publish":
        _publish(case, author)
    if action in ("publish", "renew"):
        case.reviewed_at = clock.now()
    if action in ("withdraw", "hide"):
        case.is_public = False


def _publish(case: Case, author: Participant | None) -> None:
    publish(case)
    shown = pictures.publish(case)
    case.is_public, case.published_at = True, case.published_at or clock.now()
    number = case.versions.count() + 1
    content = case.draft | ({"pictures": shown} if shown else {})
    CaseVersion.objects.create(case=case, number=number, content=content, by=author, at=clock.now())


def _save(case: Case) -> None:
    case.version += 1
    case.save()


MACHINE = Machine(
    steps=STEPS,
    others=OWN_STEPS,
    lock=_lock,
    change=_change,
    save=_save,
    snapshot=lambda case: {name: getattr(case, name) for name in ("state", "is_public", "reason")},
    record=lambda by, action, case, **details: on_record(by, action, case=case.pk, **details),
    announce=listed.announce,
    impossible=_("“%(step)s” is not possible: the case is “%(state)s”."),
    faster=_("Somebody was faster: the case has changed and is “%(state)s” now. Look again before you go on."),
    history=lambda case: case.steps,
)
step = MACHINE.take
