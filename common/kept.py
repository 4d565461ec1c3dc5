"""What is the same for many and costs much to make: made once, and kept for a while in this process."""

import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import ClassVar, Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """At most `most` things, each for at most `seconds`. A key holds the version of all that a thing was made from:
    what nobody counts a version of may be as old as `seconds`. Nothing of a person belongs into it.
    """

    _all: ClassVar["weakref.WeakSet[Kept[object]]"] = weakref.WeakSet()

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._things: OrderedDict[Hashable, tuple[float, T]] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()
        Kept._all.add(self)  # type: ignore[arg-type]

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The thing; those who ask while it is made wait for it instead of making it as well."""
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:
            began = time.monotonic()
            with self._lock:
                made, thing = self._things.get(key, (0.0, None))
            if thing is None or began - made > self._seconds:
                thing = make()
                self._keep(key, began, thing)
            with self._lock:
                self._making.pop(key, None)
            return thing

    def _keep(self, key: Hashable, began: float, thing: T) -> None:
        with self._lock:
            self._things[key] = began, thing
            self._things.move_to_end(key)
            while len(self._things) > self._most:
                self._things.popitem(last=False)

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._things.clear()

    @classmethod
    def forget_all(cls) -> None:
        """Nothing is kept any more, in this process: for tests, whose database goes back in time."""
        for each in list(cls._all):
            each.forget()
