"""What came of each of several things that were done together: a value, or the reason why there is none.

One type for all that is written in batches, so that nobody asks of a value whether it is an exception.
"""

from dataclasses import dataclass
from typing import Generic, NoReturn, TypeVar

Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True, slots=True)
class Done(Generic[Value]):
    """It was done; `value` is what came of it."""

    value: Value

    def get(self) -> Value:
        """The value."""
        return self.value


@dataclass(frozen=True, slots=True)
class Failed:
    """It was not done, because of `error`: a refusal that its author caused, or a fault."""

    error: Exception

    def get(self) -> NoReturn:
        """Raises the error."""
        raise self.error


Outcome = Done[Value] | Failed
