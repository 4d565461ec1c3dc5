"""Keeps the index at the things: each row that is written, removed or linked writes it anew, in its transaction."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from common.registry import registry
from common.search import written
from search import index

GONE = "_found_without"  # on a row that is being removed: whose words it was part of


class Watch:
    """What one kind of thing listens to."""

    def __init__(self, kind: str) -> None:
        self.kind, self.searched = kind, registry.searched[kind]
        self.columns = set(self.searched.columns)
        self.lookups: dict[Any, str] = {}  # table of links -> the field of our things

    def connect(self) -> None:
        """Listen from now on."""
        model = self.searched.model
        post_save.connect(self.saved, model, weak=False)
        post_delete.connect(self.removed, model, weak=False)
        written.connect(self.written, model, weak=False)
        for field in model._meta.many_to_many:
            self.lookups[field.remote_field.through] = field.name
            m2m_changed.connect(self.linked, field.remote_field.through, weak=False)
        for part in self.searched.parts:
            post_save.connect(self.part_saved, part, weak=False)
            pre_delete.connect(self.part_goes, part, weak=False)
            post_delete.connect(self.part_gone, part, weak=False)
            written.connect(self.parts_written, part, weak=False)

    def saved(self, instance: Model, update_fields: Collection[str] | None = None, **_: Any) -> None:
        """A thing was saved; columns that nobody searches change nothing."""
        if update_fields is None or self.columns & set(update_fields):
            index.write(self.kind, [instance.pk])

    def removed(self, instance: Model, **_: Any) -> None:
        """A thing is no more."""
        index.write(self.kind, [instance.pk])

    def written(self, ids: Collection[int], fields: Collection[str] | None, **_: Any) -> None:
        """Many were written at once."""
        if fields is None or self.columns & set(fields):
            index.write(self.kind, ids)

    def linked(
        self, sender: Any, instance: Model, action: str, reverse: bool, pk_set: Collection[int] | None, **_: Any
    ) -> None:
        """A thing was linked with others, or no longer is."""
        kept = instance.__dict__.setdefault(GONE, {})
        if action == "pre_clear" and reverse:  # afterwards nobody could say which
            linked = self.searched.model._base_manager.filter(**{self.lookups[sender]: instance})
            kept[self.kind] = list(linked.values_list("pk", flat=True))
        if action.startswith("post_"):
            index.write(self.kind, (pk_set or kept.get(self.kind, ())) if reverse else [instance.pk])

    def _of(self, part: Any, ids: Collection[int]) -> list[int]:
        lookup = {f"{self.searched.parts[part]}__in": ids}
        return list(self.searched.model._base_manager.filter(**lookup).values_list("pk", flat=True))

    def part_saved(self, sender: Any, instance: Model, created: bool, **_: Any) -> None:
        """A part of things was saved."""
        if not created:
            index.write(self.kind, self._of(sender, [instance.pk]))

    def parts_written(self, sender: Any, ids: Collection[int], **_: Any) -> None:
        """Many parts were written at once."""
        index.write(self.kind, self._of(sender, ids))

    def part_goes(self, sender: Any, instance: Model, **_: Any) -> None:
        """A part of things will be removed: afterwards nobody could say of which."""
        instance.__dict__.setdefault(GONE, {})[self.kind] = self._of(sender, [instance.pk])

    def part_gone(self, instance: Model, **_: Any) -> None:
        """A part of things is no more."""
        index.write(self.kind, instance.__dict__.get(GONE, {}).get(self.kind, ()))


def connect() -> None:
    """Listen to all that is searched."""
    for kind in registry.searched:
        Watch(kind).connect()
