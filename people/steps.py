"""A step machine: a table declares the steps between states; the machine takes a step and undoes it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from common import clock
from people.models import Participant
from people.refusal import Refused

Thing = TypeVar("Thing", bound=models.Model)
Snapshot = dict[str, Any]  # the fields that a step may change, as JSON
Details = Mapping[str, Any]  # what the record says of a step besides


@dataclass(frozen=True)
class Step:
    """One row of the table: from which states (`sources`) a step leads `to` which state. None: the state stays.

    Views ask `can` for the action `right`; the machine does not, as some steps happen at a set time. `refusal` is the
    step's own message for a wrong state.
    """

    label: Any
    sources: frozenset[Any]
    to: str | None
    right: str
    refusal: Any = None


@dataclass(frozen=True)
class Many(Generic[Thing]):
    """What a machine needs to take a step of many things with as many statements as for one: the same, of many."""

    lock: Callable[[Collection[Any]], Mapping[Any, Thing]]  # by key
    save: Callable[[Sequence[tuple[Thing, Snapshot]]], None]  # with what was before
    rows: Any  # the model of the history
    thing: str  # its field for the thing
    record: Callable[[Participant | None, str, Sequence[tuple[Thing, Details]]], object]
    announce: Callable[[Sequence[tuple[Thing, Snapshot]]], None]


@dataclass(frozen=True)
class Machine(Generic[Thing]):
    """Takes the steps of one model. Each is one transaction with the row locked; a refusal changes nothing."""

    steps: Mapping[str, Step]  # offered to people as they are
    lock: Callable[[Any], Thing]  # the thing with that key as it is, locked until the transaction ends
    change: Callable[..., Details | None]  # (thing, action, **given): does what goes with a step, in the old state
    save: Callable[[Thing], None]
    record: Callable[..., object]  # (by, action, thing, **details): puts a step on record
    announce: Callable[[Thing, Snapshot], None]  # appends the events; the snapshot is from before the step
    impossible: Any  # words for a wrong state, with %(step)s and %(state)s
    faster: Any  # words for who saw an older state, with %(state)s
    snapshot: Callable[[Thing], Snapshot]
    others: Mapping[str, Step] = field(default_factory=dict)  # taken by operations that offer them themselves
    state: str = "state"  # the field that holds the state
    version: str = "version"  # the field that `expected` is compared with
    own: frozenset[str] = frozenset()  # steps that people take with what is theirs: not on record, never undone
    # Where there is undo: the rows (action, before, after, by, undone_by, undone_at), and the way back; it may refuse.
    history: Callable[[Thing], Any] | None = None
    restore: Callable[[Thing, Snapshot], None] | None = None
    many: Many[Thing] | None = None  # where steps are taken together

    def allowed(self, state: str) -> list[str]:
        """The actions that are possible in a state, in the order of the table."""
        return [action for action, step in self.steps.items() if state in step.sources]

    def current(self, key: Any, expected: int | str | None = None) -> Thing:
        """The locked thing. Raises Refused when its version is not `expected` (None: any version)."""
        thing = self.lock(key)
        if expected is not None and getattr(thing, self.version) != expected:
            raise Refused(self.faster % {"state": self._state_label(thing)})
        return thing

    def take(
        self, key: Any, action: str, by: Participant | None = None, *, expected: int | str | None = None, **given: Any
    ) -> Thing:
        """Take a step, announce it and give back the changed thing. Raises Refused for a wrong state or version.

        `expected` is the version that the person saw. `by` None: it happens at a set time. `given` goes to `change`.
        """
        with transaction.atomic():
            thing = self.current(key, expected)
            before, details = self._changed(thing, action, given)
            self.save(thing)
            if self.history:
                self.history(thing).create(action=action, before=before, after=self.snapshot(thing), by=by)
            if action not in self.own:
                self.record(by, action, thing, **details)
            self.announce(thing, before)
        return thing

    def _changed(self, thing: Thing, action: str, given: Mapping[str, Any]) -> tuple[Snapshot, Details]:
        """Do the step to a locked thing, not stored yet: what was before, and what the record says of it."""
        step = self.steps.get(action) or self.others.get(action)
        if step is None or getattr(thing, self.state) not in step.sources:
            words = step and step.refusal or self.impossible
            raise Refused(words % {"step": step.label if step else action, "state": self._state_label(thing)})
        before = self.snapshot(thing)
        details = self.change(thing, action, **given) or {}
        if step.to is not None:
            setattr(thing, self.state, step.to)
        return before, details

    def take_all(self, given: Mapping[Any, Mapping[str, Any]], action: str, by: Participant | None) -> list[Any]:
        """Take the same step of many things (key -> what goes to `change`), all or none; the new rows of the history.

        Only where there is `many`. Raises Refused as `take` does.
        """
        assert self.many
        with transaction.atomic():
            things = self.many.lock(given)
            done = [(things[key], *self._changed(things[key], action, more)) for key, more in given.items()]
            self.many.save([(thing, before) for thing, before, _details in done])
            rows = [
                self.many.rows(
                    action=action, before=before, after=self.snapshot(thing), by=by, **{self.many.thing: thing}
                )
                for thing, before, _details in done
            ]
            self.many.rows.objects.bulk_create(rows)
            self.many.record(by, action, [(thing, details) for thing, _before, details in done])
            self.many.announce([(thing, before) for thing, before, _details in done])
        return rows

    def undo_all(self, given: Mapping[Any, Collection[int]], by: Participant, refusal: Callable[[Thing], str]) -> None:
        """Undo these rows of the history (key -> ids) of many things, all or none, and announce each thing once.

        Only where there is `many`. Raises Refused with `refusal(thing)` where they are not the newest that stand.
        """
        assert self.many and self.restore
        with transaction.atomic():
            things = self.many.lock(given)
            standing: dict[Any, list[Any]] = {key: [] for key in given}
            of_thing = f"{self.many.thing}_id"
            for row in self.many.rows.objects.filter(**{f"{of_thing}__in": given}, undone_at=None).order_by("pk"):
                standing[getattr(row, of_thing)].append(row)
            changed, undone = [], []
            for key, thing in things.items():
                rows = standing[key][-len(given[key]) :]
                if {row.pk for row in rows} != set(given[key]):
                    raise Refused(refusal(thing))
                changed.append((thing, self.snapshot(thing)))
                for row in reversed(rows):
                    self.restore(thing, row.before)
                    row.undone_by, row.undone_at = by, clock.now()
                    undone.append((thing, row))
            self.many.save(changed)
            self.many.rows.objects.bulk_update([row for _thing, row in undone], ["undone_by", "undone_at"])
            self.many.record(by, "undo", [(thing, {"undone": row.action}) for thing, row in undone])
            self.many.announce(changed)

    def last(self, thing: Thing) -> Any:
        """The history row of the newest step that is not undone, or None."""
        return self.history and self.history(thing).filter(undone_at=None).select_related("by").last()

    def undo(self, key: Any, by: Participant, *, expected: int | str | None = None) -> Thing:
        """Undo the newest step that is not undone, announce it and give back the thing. Raises Refused."""
        with transaction.atomic():
            thing = self.current(key, expected)
            row = self.last(thing)
            if row is None or row.action in self.own or self.restore is None:
                raise Refused(_("There is no step to undo."))
            before = self.snapshot(thing)
            self.restore(thing, row.before)
            self.save(thing)
            row.undone_by, row.undone_at = by, clock.now()
            row.save(update_fields=["undone_by", "undone_at"])
            self.record(by, "undo", thing, undone=row.action)
            self.announce(thing, before)
        return thing

    def _state_label(self, thing: Thing) -> Any:
        return getattr(thing, f"get_{self.state}_display")()
