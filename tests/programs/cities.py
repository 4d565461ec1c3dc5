"""Cases of cities."""

from cities import state
from people.models import Participant
from tests.cities.conftest import case_of, city_of


def published(owner: int, title: str) -> int:
    """The id of a case that everybody sees."""
    pk: int = case_of(city_of(), Participant.objects.get(pk=owner), title=title).pk
    return pk


def take_down(case: int, by: int) -> None:
    """An editor takes a case out of the library."""
    who = Participant.objects.get(pk=by)
    state.step(case, "hide", who, author=who, words="It is another city's")
