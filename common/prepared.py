"""Queries that are asked all the time: the ORM builds each once, afterwards only their values are put in.

Building a query takes the ORM three to eight times as long as asking it and reading its rows.
"""

import re
import uuid
from collections.abc import Callable, Collection, Hashable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet
from django.http import Http404

from common.numbers import LARGEST_ID
from common.related import puts

T = TypeVar("T")
MOST = 64  # shapes of one query that are kept: each is about 10 kB
LONGEST = 512  # values of one query: with more it is built anew, which is little beside reading its rows
LISTS = re.compile(r"%%|%s|IN \((%s(?:, %s)*)\)")
Values = tuple[Any, ...]
Place = tuple[int | slice | None, Any]  # which of the values, or what always stands there


class Compiled:
    """The SQL of a query, where its values go, and Django's way to make objects of its rows."""

    def __init__(self, queryset: QuerySet[Any], sql: str, places: list[Place], compiler: Any) -> None:
        self._sql, self._places, self._compiler = sql, places, compiler
        converters = compiler.get_converters([select[0] for select in compiler.select[: compiler.col_count]])
        self._compiler.get_converters = lambda expressions: converters
        self._queryset, self._iterable = queryset, vars(queryset)["_iterable_class"]
        self._puts = puts(queryset, Prepared)

    def ask(self, values: list[Any]) -> list[Any]:
        """What the query gives for these values."""
        params = tuple(fixed if at is None else _given(values, at) for at, fixed in self._places)
        compiler, query = _twin(self._compiler), _twin(self._queryset.query)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # each thread has its own
        compiler.as_sql = lambda *args, **kwargs: (self._sql, params)
        query.get_compiler = lambda *args, **kwargs: compiler
        asked: Any = SimpleNamespace(db=DEFAULT_DB_ALIAS, query=query, _fields=None, _known_related_objects={})
        rows = [*self._iterable(asked, chunked_fetch=False)]
        for put in self._puts:
            put(rows)
        return rows


def _twin(thing: Any) -> Any:
    """As copy does it, which takes three times as long."""
    made = object.__new__(type(thing))
    vars(made).update(vars(thing))
    return made


class Prepared(Generic[T]):
    """`build(*values)` gives a queryset; `ask` gives its rows as the queryset does, without building it again.

    A value is an int, a str, a datetime, a date, a UUID, or a collection of these for `__in`; True, False and None
    belong to the shape of the query. Every other moment or chance inside `build` would stay as it was: that is a
    ValueError, and so is a value that the query does not take as it is (`contains`, a slice). What the queryset
    prefetches comes along, by prepared queries too.
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, T]"]) -> None:
        self._build = build
        self._compiled: dict[Hashable, Compiled | None] = {}

    def ask(self, *values: Any) -> list[T]:
        """The rows, in a list."""
        shape, flat = _shape(values)
        # No column holds a larger number: of one the ORM knows without asking.
        if len(flat) > LONGEST or any(isinstance(value, int) and abs(value) > LARGEST_ID for value in flat):
            return [*self._build(*values)]
        key = connection.vendor, shape
        kept = self._compiled
        if key in kept:
            compiled = kept[key]
        else:
            compiled = self._compile(shape, values)
            self._keep(key, compiled)
        return compiled.ask(_adapted(flat)) if compiled else []

    def first(self, *values: Any) -> T | None:
        """The first row, or None."""
        return next(iter(self.ask(*values)), None)

    def get_or_404(self, *values: Any) -> T:
        """The first row. Raises Http404 when there is none."""
        found = self.first(*values)
        if found is None:
            raise Http404
        return found

    def _keep(self, key: Hashable, compiled: Compiled | None) -> None:
        """Threads that compile a shape at the same time keep the same: what others hold is never taken away."""
        if len(self._compiled) >= MOST:
            self._compiled = {}
        self._compiled[key] = compiled

    def _compile(self, shape: Values, values: Values) -> Compiled | None:
        """Two sets of values that nobody uses show where values go; what else differs is no part of a query."""
        made = []
        for start in (20_011, 25_013):  # small enough for every column of numbers
            marks = iter(range(start, start + 2 * LONGEST))
            marked = [_marked(part, value, marks) for part, value in zip(shape, values, strict=True)]
            queryset = self._build(*marked)
            compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
            try:
                sql, params = compiler.as_sql()
            except EmptyResultSet:
                return None
            made.append((sql, params, _adapted(_shape(tuple(marked))[1])))
        (sql, params, marks_of), (again, others, other_marks) = made
        if sql != again:
            raise ValueError("The query changes with its values: " + sql)
        places = [_place(one, marks_of, other, other_marks) for one, other in zip(params, others, strict=True)]
        missing = set(range(len(marks_of))) - {at for at, _fixed in places}
        if missing:
            raise ValueError(f"The query does not take its values {missing} as they are: {sql}")
        if connection.vendor == "postgresql":
            sql, places = _as_arrays(sql, places)
        return Compiled(queryset, sql, places, compiler)


def _shape(values: Values) -> tuple[Values, list[Any]]:
    """What of the values decides about the SQL, and the others in a row. A collection's last fills it up to a power of
    two, so that shapes are few."""
    shape: list[Any] = []
    flat: list[Any] = []
    for value in values:
        if value is None or isinstance(value, bool):
            shape.append(value)
        elif isinstance(value, Collection) and not isinstance(value, str):
            listed = list(value)
            size = 1 << (len(listed) - 1).bit_length() if listed else 0
            shape.append(("of", size))  # a number alone would be taken for True or False
            flat += listed + listed[-1:] * (size - len(listed))
        else:
            shape.append("")
            flat.append(value)
    return tuple(shape), flat


def _marked(part: Any, value: Any, marks: Iterator[int]) -> Any:
    """A value like that one, but one that nobody uses."""
    if value is None or isinstance(value, bool):
        return value
    if part == "":
        return _mark(value, next(marks))
    return [_mark(next(iter(value)), next(marks)) for _ in range(part[1])]


def _mark(like: Any, number: int) -> Any:
    if isinstance(like, datetime):
        return datetime(1950, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
    if isinstance(like, date):
        return date(1900, 1, 1) + timedelta(days=number)
    if isinstance(like, uuid.UUID):
        return uuid.UUID(int=number)
    if isinstance(like, int):
        return number
    if isinstance(like, str):
        return f"\ue000{number}"
    raise TypeError(f"A query takes no value like {like!r}")


def _adapted(values: list[Any]) -> list[Any]:
    """As the database's driver takes them."""
    as_they_are = (int, str, uuid.UUID) if connection.features.has_native_uuid_field else (int, str)
    return [value if isinstance(value, as_they_are) else _adapted_one(value) for value in values]


def _adapted_one(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value.hex


def _place(one: Any, marks: list[Any], other: Any, other_marks: list[Any]) -> Place:
    """What goes there."""
    if one in marks and other in other_marks and marks.index(one) == other_marks.index(other):
        return marks.index(one), None
    if one != other:
        raise ValueError(f"The query changes by itself: {one!r}, {other!r}")
    return None, one


def _given(values: list[Any], at: int | slice) -> Any:
    """The value, or a list of them: PostgreSQL reads numbers and ids from a text as fast as the driver writes it."""
    if isinstance(at, slice) and isinstance(values[at][0], int | uuid.UUID):
        return f"{{{','.join(map(str, values[at]))}}}"
    return values[at]


def _as_arrays(sql: str, places: list[Place]) -> tuple[str, list[Place]]:
    """With each list as one value: of many single ones the driver takes longer than of all the rest."""
    left, put = iter(places), list[Place]()

    def written(found: re.Match[str]) -> str:
        taken = [*islice(left, found[0].count("%s"))]
        numbers = [at for at, _fixed in taken if isinstance(at, int)]
        if found[1] and numbers and numbers == [*range(numbers[0], numbers[0] + len(taken))]:
            put.append((slice(numbers[0], numbers[-1] + 1), None))
            return "= ANY(%s)"
        put.extend(taken)
        return found[0]

    return LISTS.sub(written, sql), put
