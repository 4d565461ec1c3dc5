"""Search that ignores case and accents, the same on every database: it looks in folded copies of the columns."""

import html
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils.html import strip_tags

from common.text import fold

WORDS = 6  # of a search, the first
M = TypeVar("M", bound=models.Model)
written = Signal()  # rows were written many at once: sender (the model), `ids`, `fields` (None: all)


class FoldedField(models.TextField):  # type: ignore[type-arg]
    """The folded copy of the column `of`, written together with it. With `markup` the tags are left out."""

    def __init__(self, *, of: str, markup: bool = False, **kwargs: Any) -> None:
        self.of, self.markup = of, markup
        super().__init__(**kwargs | {"editable": False, "default": ""})

    def deconstruct(self) -> Any:
        """As Django needs it in migrations, with our two arguments."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of, "markup": self.markup}

    def folded(self, text: str) -> str:
        """The folded form of a text, without tags if the column holds markup."""
        return fold(html.unescape(strip_tags(text)) if self.markup else text)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Fold the original column just before the row is written, and give the folded text back."""
        setattr(model_instance, self.attname, self.folded(getattr(model_instance, self.of)))
        return getattr(model_instance, self.attname)


def _copies(model: type[models.Model], names: Collection[str] | None = None) -> list[FoldedField]:
    """The folded copies of those columns; without `names` of all."""
    copies = [field for field in model._meta.concrete_fields if isinstance(field, FoldedField)]
    return copies if names is None else [copy for copy in copies if copy.of in names]


class Searchable(models.Model):
    """A model with folded copies. They stay right also when only some columns are saved."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row. The folded copy is written together with every column that is written."""
        if (names := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*names, *(copy.attname for copy in _copies(type(self), names))}
        else:
            deferred = self.get_deferred_fields()
            for copy in _copies(type(self)):
                if copy.attname in deferred and copy.of not in deferred:
                    setattr(self, copy.attname, "")  # not read, but to be written
        if not written.has_listeners(type(self)):
            return super().save(*args, **kwargs)
        with transaction.atomic(savepoint=False):  # what follows it, too
            super().save(*args, **kwargs)


class SearchableQuerySet(models.QuerySet[M]):
    """Rows with folded copies."""

    def update(self, **values: Any) -> int:
        """Update the rows and their folded copies. Raises TypeError for an expression, as a database cannot fold."""
        for copy in _copies(self.model, values):
            if copy.attname not in values:
                if not isinstance(values[copy.of], str):
                    raise TypeError(f"{copy.of} has a folded copy: give it text, or save the rows one by one")
                values[copy.attname] = copy.folded(values[copy.of])
        if not written.has_listeners(self.model):
            return super().update(**values)
        with transaction.atomic(savepoint=False):
            # Before: afterwards they may be no longer among those that were asked for.
            ids = list(self.order_by().values_list("pk", flat=True))
            count = super().update(**values)
            written.send(self.model, ids=ids, fields=set(values))
        return count

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Update these columns and their folded copies. Gives back the number of rows."""
        rows, names = list(objs), list(fields)
        copies = _copies(self.model, names)
        for row in rows:
            for copy in copies:
                copy.pre_save(row, add=False)
        return super().bulk_update(rows, [*names, *(copy.attname for copy in copies)], batch_size)

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        """Write these rows, and tell of it."""
        if not written.has_listeners(self.model):
            return super().bulk_create(objs, *args, **kwargs)
        with transaction.atomic(savepoint=False):
            rows = super().bulk_create(objs, *args, **kwargs)
            written.send(self.model, ids=[row.pk for row in rows], fields=None)
        return rows


def words(text: str) -> list[str]:
    """The words of a search as they were typed, at most WORDS."""
    return [word for word in text.replace("\0", "").split() if fold(word).strip()][:WORDS]


def holds(word: str, *columns: str) -> Q:
    """The condition that the word is in one of the columns; each has a folded copy "<column>_folded"."""
    condition = Q()
    for column in columns:
        condition |= Q(**{f"{column}_folded__contains": fold(word).strip()})
    return condition


def fill(model: type[models.Model], batch: int = 500) -> None:
    """Write the folded copies of all rows; for migrations."""
    copies = _copies(model)
    columns = [name for copy in copies for name in (copy.of, copy.attname)]
    rows = model._default_manager.only("pk", *columns).order_by("pk")
    page = list(rows[:batch])
    while page:
        for row in page:
            for copy in copies:
                copy.pre_save(row, add=False)
        model._default_manager.bulk_update(page, [copy.attname for copy in copies])
        page = list(rows.filter(pk__gt=page[-1].pk)[:batch])
