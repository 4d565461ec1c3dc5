"""Selections that every small write asks: Django makes their SQL once, and not anew for each.

It takes longer to make the SQL than the database takes to answer it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=models.Model)
MOST = 200  # shapes of a selection that are kept


class Statement(NamedTuple):
    """A selection's SQL, its parameters, and where among them the arguments go."""

    queryset: Any
    compiler: Any
    converters: Any
    sql: str
    parameters: list[Any]
    places: list[tuple[int, int, Callable[[Any], Any]]]  # of a parameter, of an argument, and what adapts that one


class Answer:
    """The rows of a statement, to Django's ModelIterable a queryset, its query and compiler that made the SQL anew."""

    def __init__(self, statement: Statement, rows: list[Any]) -> None:
        self._statement, self._rows = statement, rows
        self.query = self

    def get_compiler(self, using: str) -> "Answer":
        """Itself."""
        return self

    def execute_sql(self, **_: Any) -> list[Any]:
        """The rows, which are there already."""
        return self._rows

    def results_iter(self, rows: list[Any]) -> Iterator[list[Any]]:
        """The rows as Python has their values."""
        converted: Iterator[list[Any]] = self._statement.compiler.apply_converters(rows, self._statement.converters)
        return converted

    def __getattr__(self, name: str) -> Any:
        compiler = self._statement.compiler
        return getattr(compiler if hasattr(compiler, name) else self._statement.queryset, name)


class Prepared(Generic[M]):
    """The rows of `make(*arguments)`, a selection of whole objects.

    An argument is an int, a str, a UUID or a datetime, or a collection of them; with an empty one there are no rows.
    What `make` does with them must not depend on their values.
    """

    def __init__(self, make: Callable[..., "models.QuerySet[M]"]) -> None:
        self._make = make
        self._statements: dict[Any, Statement] = {}

    def __call__(self, *arguments: Any) -> list[M]:
        """The rows now. One query."""
        lists = [list(each) if _is_many(each) else [each] for each in arguments]
        if not all(lists):
            return []
        statement = self._statement(arguments, lists)
        values, parameters = list(chain.from_iterable(lists)), statement.parameters.copy()
        for at, number, adapt in statement.places:
            parameters[at] = adapt(values[number])
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, parameters)
            rows = cursor.fetchall()
        return list(ModelIterable(Answer(statement, rows))) if rows else []  # type: ignore[arg-type]

    def _statement(self, arguments: Iterable[Any], lists: list[list[Any]]) -> Statement:
        kinds = [(_is_many(given), type(each[0]), len(each)) for given, each in zip(arguments, lists, strict=True)]
        shape = connection.vendor, *kinds
        if shape in self._statements:
            return self._statements[shape]
        statement = self._prepare(arguments, lists)
        if len(self._statements) < MOST:
            self._statements[shape] = statement
        return statement

    def _prepare(self, arguments: Iterable[Any], lists: list[list[Any]]) -> Statement:
        """Made with marks in the place of the arguments, which are then looked for in its parameters."""
        marks = [_mark(number, value) for number, value in enumerate(chain.from_iterable(lists))]
        left = iter(marks)
        given = [[next(left) for _value in each] for each in lists]
        queryset = self._make(*(each if _is_many(was) else each[0] for was, each in zip(arguments, given, strict=True)))
        compiler: Any = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        adapted = {_adapter(mark)(mark): (number, _adapter(mark)) for number, mark in enumerate(marks)}
        places = [(at, *adapted[value]) for at, value in enumerate(parameters) if value in adapted]
        converters = compiler.get_converters([column for column, _sql, _name in compiler.select])
        return Statement(queryset, compiler, converters, sql, list(parameters), places)


def _is_many(argument: Any) -> bool:
    return isinstance(argument, Collection) and not isinstance(argument, str)


def _mark(number: int, value: Any) -> Any:
    """Something of the value's type that stands in no selection of itself."""
    if isinstance(value, UUID):
        return UUID(int=number)
    if isinstance(value, datetime):
        return datetime(1, 1, 2, tzinfo=UTC) + timedelta(seconds=number)
    return f"mark {number}" if isinstance(value, str) else -1_000_000_000 - number


def _adapter(value: Any) -> Callable[[Any], Any]:
    """What makes of values of this type what the database takes."""
    if isinstance(value, datetime):
        return lambda moment: connection.ops.adapt_datetimefield_value(moment)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return lambda uuid: uuid.hex
    return lambda plain: plain
