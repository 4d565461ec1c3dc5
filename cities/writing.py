"""Writing a case: who may, beginning one, saving it, and cases that are born from something else."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cities.content import completeness
from cities.models import Case, CaseMessage, City, Organisation, State
from cities.trust import is_member, is_team, on_record
from common import clock
from common.text import fold
from people.models import Participant
from people.refusal import Refused

MOST_DRAFTS = 50  # of a person
WRITTEN = frozenset({State.DRAFT, State.RETURNED, State.PUBLISHED})


def begin(by: Participant, organisation: Organisation, draft: dict[str, Any] | None = None, **origin: Any) -> Case:
    """A new draft of an organisation. Raises Refused when one has too many."""
    if Case.objects.filter(owner=by, published_at=None).count() >= MOST_DRAFTS:
        raise Refused(_("You have enough drafts. Finish some of them first."))
    city = City.objects.filter(organisation=organisation).first()
    draft = draft or {}
    case = Case.objects.create(
        owner=by, organisation=organisation, city=city, draft=draft, completeness=completeness(draft), **origin
    )
    on_record(by, "begin", case=case.pk)
    return case


def born(origin: str, draft: dict[str, Any], city: str, country: str, by: Participant) -> Case:
    """The draft of a case from something else, `origin`, to which `by` agrees with this act; the same one at once more.

    The city is found by its name and country. Without an organisation of theirs it is the person's alone.
    """
    with transaction.atomic():
        case = Case.objects.filter(origin=origin).first()
        if case is None:
            place = city_named(city, country)
            speaks = place is not None and is_member(by, place.organisation)
            case = Case.objects.create(
                owner=by,
                city=place,
                organisation=place.organisation if place and speaks else None,
                draft=draft,
                completeness=completeness(draft),
                origin=origin,
                consent=by,
            )
            on_record(by, "born", case=case.pk, origin=origin)
        elif not is_team(by, case):
            raise Refused(_("Somebody else has made a case of it already."))
    return case


def city_named(name: str, country: str) -> City | None:
    """The city with that name in that country, however the words are written."""
    named = City.objects.select_related("organisation").filter(name_folded=fold(name).strip())
    return named.filter(country_folded=fold(country).strip()).first() if name.strip() else None


def save(case: Case, draft: dict[str, Any]) -> None:
    """Keep what was written, the case being locked. Raises Refused while an editor looks at it."""
    case.draft = draft
    if not case.published_at:
        case.completeness = completeness(draft)
    changed(case)


def changed(case: Case) -> None:
    """What is written has changed, the case being locked. Raises Refused while an editor looks at it."""
    if case.state not in WRITTEN:
        raise Refused(_("This case cannot be changed now. Take it back from the review, or take it up again."))
    case.saved_at = clock.now()
    case.version += 1
    case.save(update_fields=["draft", "saved_at", "version", "completeness"])


def say(case: Case, by: Participant, words: str, from_team: bool) -> CaseMessage:
    """A word between the team and the editors. Raises Refused without words."""
    if not words:
        raise Refused(_("Write a few words first."), 422)
    return CaseMessage.objects.create(case=case, author=by, text=words, from_team=from_team, at=clock.now())
