"""Tools and solutions: writing them, their review, and which cities have used them."""

from typing import Any

from django.db import transaction
from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from cities import listed
from cities.models import City, Solution, State, Tool
from cities.trust import on_record
from common import clock
from common.versions import fingerprint
from people.models import Participant
from people.refusal import Refused
from people.steps import Machine, Step

S = State
WRITE, EDIT = "cities.write", "cities.edit"
Offer = Tool | Solution
OWN_STEPS = {
    "submit": Step(_("Ask for a review"), frozenset({S.DRAFT, S.RETURNED}), S.REVIEW, WRITE),
    "withdraw": Step(_("Withdraw"), frozenset(S) - {S.WITHDRAWN}, S.WITHDRAWN, WRITE),
    "resume": Step(_("Take up again"), frozenset({S.WITHDRAWN}), S.DRAFT, WRITE),
}
STEPS = {
    "publish": Step(_("Publish"), frozenset({S.REVIEW}), S.PUBLISHED, EDIT),
    "return": Step(_("Return"), frozenset({S.REVIEW, S.PUBLISHED}), S.RETURNED, EDIT),
}


def _change(offer: Offer, action: str, *, words: str = "") -> None:
    if action == "return" and not words:
        raise Refused(_("Write in a few words what has to change."), 422)
    offer.reason = words if action == "return" else ""
    offer.is_public = action == "publish"


def _save(offer: Offer) -> None:
    offer.version += 1
    offer.save()


def _machine(model: Any) -> Machine[Any]:
    def lock(pk: int) -> Any:
        model.objects.select_for_update(no_key=True).get(pk=pk)
        return model.objects.select_related("organisation").get(pk=pk)

    name = model._meta.model_name
    return Machine(
        steps=STEPS,
        others=OWN_STEPS,
        lock=lock,
        change=_change,
        save=_save,
        snapshot=lambda offer: {"is_public": offer.is_public},
        record=lambda by, action, offer, **details: on_record(by, f"offer_{action}", **{name: offer.pk}, **details),
        announce=listed.announce,
        impossible=_("“%(step)s” is not possible: it is “%(state)s”."),
        faster=_("Somebody was faster: it has changed and is “%(state)s” now. Look again before you go on."),
    )


MACHINES: dict[Any, Machine[Any]] = {Tool: _machine(Tool), Solution: _machine(Solution)}


def written(offer: Offer) -> None:
    """Its words have changed, the row being locked: nobody sees them before an editor has."""
    offer.state, offer.is_public, offer.saved_at = S.DRAFT, False, clock.now()
    offer.version += 1


def use(offer: Offer, city: City, by: Participant, words: str, source: str, seen: str) -> None:
    """Say that a city has used it; a second time changes the words.

    Raises Refused when they are those of somebody else, and were not `seen` (`uses_seen`).
    """
    given = {"words": words, "source": source, "by": by, "at": clock.now()}
    with transaction.atomic():
        MACHINES[type(offer)].lock(offer.pk)
        others = offer.uses.filter(city=city).exclude(by=by).exists()
        if others and seen != uses_seen(offer):
            raise Refused(_("Somebody was faster with “%(title)s”. Look again.") % {"title": city.name})
        offer.uses.update_or_create(city=city, defaults=given)


def uses_seen(offer: Offer) -> str:
    """Stands for what cities say of it: who changes that says what they saw."""
    return fingerprint(list(offer.uses.order_by("pk").values_list("city", "words", "source")))


def uses_of(offer: Offer) -> QuerySet[Any]:
    """Who has used it: evidence and verified cities first, mere words last."""
    verified = Q(city__organisation__level_until__gt=clock.now()) & ~Q(city__organisation__level="")
    ranked = offer.uses.select_related("city__organisation").annotate(
        is_bare=Case(When(source="", then=1), default=0), is_marked=Case(When(verified, then=1), default=0)
    )
    return ranked.order_by("is_bare", "-is_marked", "city__name", "pk")
