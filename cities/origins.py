"""Cases that begin with something that an app offers (`Feature.origins`): a recording, an answered question.

What was hidden since is no origin any more: nobody is told its title or its address.
"""

from typing import Any, NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cities import writing
from cities.content import PLAIN
from cities.models import MAX_TEXT, MAX_TITLE, Case, City, Membership, Organisation
from cities.trust import is_team
from common.contract import Origin
from common.registry import registry
from people.models import Participant
from people.refusal import Refused

MOST = 24  # that one may choose among; words find the others
LONGEST = {"title": MAX_TITLE}
LANGUAGES = dict(settings.LANGUAGES)


class Named(NamedTuple):
    """What a case began with, for its pages: its title, the address with the moment, and that moment as "1:02:30"."""

    title: str
    url: str
    at: str


def organisations(user: Any) -> Any:
    """The organisations of cities for which somebody may begin a case."""
    own = Membership.objects.of(user).filter(organisation__city__isnull=False)
    return Organisation.objects.filter(pk__in=own.values("organisation"))


def find(kind: str, pk: str) -> Origin | None:
    """Something with which a case may begin now."""
    offered = registry.origins.get(kind)
    return offered.find(pk) if offered else None


def named(case: Case) -> Named | None:
    """What a case began with, while everybody may see that; else None."""
    kind, _colon, pk = case.origin.partition(":")
    origin = find(kind, pk)
    if origin is None:
        return None
    if case.origin_second is None or not origin.has_moments:
        return Named(origin.title, origin.url, "")
    return Named(origin.title, f"{origin.url}?t={case.origin_second}", _clock(case.origin_second))


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"


def begin(kind: str, origin: Origin, organisation: Organisation, by: Participant, second: int | None) -> Case:
    """The draft of a city's case from it, the same one for all of the city. Raises Refused for who may not write it."""
    key, city = f"{kind}:{origin.pk}", City.objects.filter(organisation=organisation).first()
    if city is None:
        raise Refused(_("You do not speak for this city."), 403)
    try:
        with transaction.atomic():
            return _known(key, city, by) or writing.begin(
                by, organisation, draft_of(origin), origin=key, origin_second=second if origin.has_moments else None
            )
    except IntegrityError:  # a colleague did the same in the same moment
        if known := _known(key, city, by):
            return known
        raise


def _known(key: str, city: City, by: Participant) -> Case | None:
    case = Case.objects.filter(origin=key, city=city).select_related("organisation").first()
    if case and not is_team(by, case):
        raise Refused(_("Somebody else has made a case of it already."))
    return case


def draft_of(origin: Origin) -> dict[str, Any]:
    """What the case begins with, as long as its fields take."""
    given = {name: words[: LONGEST.get(name, MAX_TEXT)] for name, words in origin.draft.items() if name in PLAIN}
    if given.get("language") not in LANGUAGES:
        given.pop("language", None)
    return {name: words for name, words in given.items() if words}
