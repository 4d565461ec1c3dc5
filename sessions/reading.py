"""Reading a session for its page, which stands for the rooms as they were when it was read."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from common.prepared import Prepared
from common.registry import registry
from live.models import Room
from live.revocations import REVOKED
from sessions.models import Session

HEADS = "_heads_read"  # on a session: key -> head of the rooms that its page follows, as they were when it was read


def _head(key: object) -> Coalesce:
    return Coalesce(Subquery(Room.objects.filter(key=key).values("head")), 0)


def _any(model: type[Model], relations: Sequence[str]) -> Exists:
    theirs = [Q((name, OuterRef("pk" if name == "session" else name))) for name in relations]
    return Exists(model._default_manager.filter(reduce(or_, theirs)))


def _session(pk: int, key: str) -> QuerySet[Session]:
    edition = Concat(Value("edition:"), Cast(OuterRef("edition"), CharField()))
    heads = {"head_own": _head(key), "head_edition": _head(edition), "head_revoked": _head(REVOKED)}
    has = {f"has_{name}": _any(model, relations) for name, (model, relations) in registry.has.items()}
    found = Session.objects.for_display().select_related(*registry.beside()).filter(pk=pk).order_by()
    return found.annotate(**heads, **has)


_SESSION: Prepared[Session] = Prepared(_session)


def for_page(pk: int) -> Session:
    """The session with all that its page shows, what apps have beside it and the heads of its rooms, or 404."""
    session = _SESSION.get_or_404(pk, f"session:{pk}")
    read = vars(session)
    keys = (session.room_key, session.edition.room_key, REVOKED)
    read[HEADS] = dict(zip(keys, map(read.pop, ("head_own", "head_edition", "head_revoked")), strict=True))
    return session
