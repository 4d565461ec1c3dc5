"""Who asks for a page: whom else it is the same for, and what of it is their own."""

from typing import Any, NamedTuple

from people.cohorts import NOBODY, Cohort, cohort_of
from people.own import own_html


class Visitor(NamedTuple):
    """Somebody who asks for a page; `participant_id` is None for who is not signed in."""

    cohort: Cohort
    own: bytes  # their data as it stands in a page
    participant_id: int | None


STRANGER = Visitor(NOBODY, b'<script id="own" type="application/json">{}</script>', None)


def visitor_of(user: Any) -> Visitor:
    """The visitor that a Participant with what they hold is, or AnonymousUser; kept with the participant."""
    if not user.is_authenticated:
        return STRANGER
    if "_visitor" not in user.__dict__:
        user.__dict__["_visitor"] = Visitor(cohort_of(user), own_html(user).encode(), user.pk)
    visitor: Visitor = user.__dict__["_visitor"]
    return visitor
