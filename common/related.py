"""What a query prefetches, asked by a query that is prepared as well."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Prefetch, QuerySet, prefetch_related_objects

OF = "_of_row"  # on what comes along: the key of the row that it came with
Put = Callable[[Sequence[Any]], None]  # with some rows: what belongs to each


def puts(queryset: QuerySet[Any], prepare: Callable[[Callable[[Any], QuerySet[Any]]], Any]) -> list[Put]:
    """What puts all that a queryset prefetches with its rows, one after the other; `prepare` is Prepared."""
    lookups: Iterable[Any] = vars(queryset)["_prefetch_related_lookups"]
    return [_put(queryset.model, each, prepare) for each in lookups]


def _put(model: type[Model], lookup: Any, prepare: Callable[[Callable[[Any], QuerySet[Any]]], Any]) -> Put:
    wanted = lookup if isinstance(lookup, Prefetch) else Prefetch(lookup)
    name, rows_of = wanted.prefetch_to, wanted.queryset
    relation = _relation(model, name)
    if relation is None or wanted.prefetch_through != name or (rows_of is not None and rows_of.query.is_sliced):
        return lambda rows: prefetch_related_objects(rows, lookup)  # as Django does it
    back, one = relation.remote_field.name, relation.remote_field if relation.one_to_many else None
    of_all = relation.related_model._default_manager.all() if rows_of is None else rows_of
    asked = prepare(lambda keys: of_all.filter(**{f"{back}__in": keys}).annotate(**{OF: F(back)}))

    def put(rows: Sequence[Any]) -> None:
        found = defaultdict(list)
        for each in asked.ask([row.pk for row in rows]):
            found[vars(each)[OF]].append(each)
        for row in rows:
            listed: Any = getattr(row, name)
            listed = listed.all() if rows_of is None else listed._apply_rel_filters(rows_of)
            listed._result_cache, listed._prefetch_done = found[row.pk], True
            vars(row).setdefault("_prefetched_objects_cache", {})[name] = listed
            if one:
                for each in found[row.pk]:
                    one.set_cached_value(each, row)

    return put


def _relation(model: type[Model], name: str) -> Any:
    """The relation of that name, where a row has many of it."""
    try:
        relation: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return relation if relation.many_to_many or relation.one_to_many else None
