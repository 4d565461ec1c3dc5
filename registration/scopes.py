"""The scopes of an edition, for roles and bans: "edition:1", "strand:2", "stage:4", "session:12"."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Concat
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.numbers import number_in
from common.prepared import Prepared
from people.models import Ban, Participant, Registration, Role
from sessions.models import Edition, Session, Stage, Strand

# Written out: the ORM took a third of a page's time to build it.
PARTS = """
SELECT 'strand:' || id FROM congress_strand WHERE edition_id = %s
UNION ALL SELECT 'stage:' || id FROM congress_stage WHERE edition_id = %s
UNION ALL SELECT 'session:' || id FROM congress_session WHERE edition_id = %s
"""
Choices = list[tuple[str, list[tuple[str, str]]]]


_STRANDS: Prepared[Any] = Prepared(lambda edition: Strand.objects.filter(edition=edition))
_STAGES: Prepared[Any] = Prepared(lambda edition: Stage.objects.filter(edition=edition).select_related("host_city"))


def _sessions(edition: int) -> QuerySet[Any]:
    sessions = Session.objects.filter(edition=edition).select_related("stage__host_city")
    return sessions.only(
        "title", "start", "edition", "stage__name", "stage__host_city__name", "stage__host_city__timezone"
    )


_NAMED: Prepared[Any] = Prepared(lambda edition, pks: _sessions(edition).filter(pk__in=pks))


class Scopes:
    """The scopes of one edition. Only `choices` reads all sessions; the rest reads what it needs."""

    def __init__(self, edition: Edition, whole: str = "") -> None:
        self.edition = edition
        self.whole = whole or f"edition:{edition.pk}"

    def within(self, field: str = "scope") -> Q:
        """The condition that a scope field holds the edition or a part of it."""
        return Q(**{field: self.whole}) | Q(**{f"{field}__in": RawSQL(PARTS, [self.edition.pk] * 3)})

    def of_sessions(self, condition: Q) -> "QuerySet[Any, Any]":
        """The scopes of the sessions that match, for a subquery."""
        names = Concat(Value("session:"), Cast("pk", CharField()))
        sessions = self.edition.sessions.filter(condition).annotate(scope_name=names)
        return sessions.order_by().values("scope_name")

    def holds(self, scope: str) -> bool:
        """Whether the scope is the edition or a part of it."""
        return scope in self.names([scope])

    def names(self, scopes: Iterable[str]) -> dict[str, str]:
        """Scope -> its name; scopes of other editions are left out."""
        ids: dict[str, list[int]] = {"strand": [], "stage": [], "session": []}
        named: dict[str, str] = {}
        for scope in set(scopes):
            kind, _colon, pk = scope.partition(":")
            if scope == self.whole:
                named[scope] = _("The whole edition")
            elif kind in ids and number_in(pk) is not None:
                ids[kind].append(int(pk))
        for kind in ids:
            if ids[kind]:
                found = _NAMED.ask(self.edition.pk, ids[kind]) if kind == "session" else self._few[kind]
                named |= {f"{kind}:{part.pk}": name_of(part) for part in found if part.pk in ids[kind]}
        return named

    def held_beyond(self, participants: Iterable[Participant]) -> set[int]:
        """Ids of the participants who hold or held anything outside the edition, or are operators."""
        participants = list(participants)
        beyond = {participant.pk for participant in participants if participant.operates}
        held: list[tuple[int, str]] = []
        for kind in (Role, Registration, Ban):
            more = kind.objects.filter(participant__in=participants).exclude(scope=self.whole)
            held += more.values_list("participant", "scope")
        ours = self.names(scope for _pk, scope in held)
        return beyond | {pk for pk, scope in held if scope not in ours}

    def without_sessions(self, chosen: str = "") -> Choices:
        """The edition, its strands and stages as grouped choices; of its sessions only a `chosen` scope."""
        groups: Choices = [(_("Edition"), [(self.whole, _("The whole edition"))])]
        for label, kind in ((_("Strands"), "strand"), (_("Stages"), "stage")):
            groups.append((label, [(f"{kind}:{part.pk}", name_of(part)) for part in self._few[kind]]))
        if chosen.startswith("session:"):
            groups.append((_("Sessions"), list(self.names([chosen]).items())))
        return [(label, options) for label, options in groups if options]

    @cached_property
    def choices(self) -> Choices:
        """All scopes as grouped choices, sessions by day. Labels differ also for equal names."""
        days: dict[str, list[tuple[str, str]]] = {}
        sessions = _("Sessions")
        for session in _sessions(self.edition.pk).order_by("start", "stage__position", "pk"):
            day = date_format(session.local_date, "D j M")
            time = session.start.astimezone(session.zone).strftime("%H:%M")
            label = f"{time} {session.title} · {session.stage.name}, {session.stage.host_city.name}"
            days.setdefault(f"{sessions}, {day}", []).append((f"session:{session.pk}", label))
        return [*self.without_sessions(), *days.items()]

    @cached_property
    def _few(self) -> dict[str, list[Any]]:
        """The strands and stages: both the choices and the names of a page need them."""
        return {"strand": _STRANDS.ask(self.edition.pk), "stage": _STAGES.ask(self.edition.pk)}


def name_of(part: Any) -> str:
    """The name of a strand, stage or session, with what distinguishes equal names."""
    if isinstance(part, Session):
        start = date_format(part.start.astimezone(part.zone), "j M H:i")
        return f"{part.title} ({start}, {part.stage.host_city.name})"
    return f"{part.name}, {part.host_city.name}" if hasattr(part, "host_city") else str(part.name)
