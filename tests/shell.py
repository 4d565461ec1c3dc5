"""Calls functions in an installation, one after the other, in processes that have loaded the product already.

As a program it is such a process: a line of JSON {name, values} in, a line {result} or {error} out.
"""

import json
import os
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple, TextIO

from tests.zygote import Forked, zygote

# A function, or "module:name" where the caller has not loaded the product.
Program = Callable[..., Any] | str


class Pipes(NamedTuple):
    """A process, what it reads and what it writes."""

    ended: Forked
    stdin: TextIO
    stdout: TextIO


class Shell:
    """The processes of one installation; calls of several threads run beside each other. `call` is what is for use."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        self._idle: list[Pipes] = []
        self._lock = threading.Lock()

    def call(self, program: Program, values: dict[str, Any]) -> Any:
        """What it gives back, by JSON. Raises RuntimeError with its traceback."""
        name = program if isinstance(program, str) else f"{program.__module__}:{program.__name__}"
        with self._lock:
            process = self._idle.pop() if self._idle else self._start()
        process.stdin.write(json.dumps({"name": name, "values": values}) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("The shell has ended")
        with self._lock:
            self._idle.append(process)
        told = json.loads(line)
        if "error" in told:
            raise RuntimeError(told["error"])
        return told["result"]

    def _start(self) -> Pipes:
        (theirs_in, ours_in), (ours_out, theirs_out) = os.pipe(), os.pipe()
        process = zygote.start(["-m", "tests.shell"], self.env, [theirs_in, theirs_out, sys.__stderr__.fileno()])
        os.close(theirs_in)
        os.close(theirs_out)
        return Pipes(process, open(ours_in, "w"), open(ours_out))

    def stop(self) -> None:
        """End the processes."""
        for process in self._idle:
            process.stdin.close()
            process.ended.wait()
            process.stdout.close()


def call_once(env: dict[str, str], program: Program, **values: Any) -> Any:
    """What a function gives back, called in a process of its own."""
    shell = Shell(env)
    try:
        return shell.call(program, values)
    finally:
        shell.stop()


def answer(line: str) -> str:
    """Run one call; the line that tells what came of it."""
    import traceback

    from django.db import connections

    asked = json.loads(line)
    module, _, name = asked["name"].partition(":")
    try:
        result = getattr(import_module(module), name)(**asked["values"])
        return json.dumps({"result": result}, default=str)
    except BaseException:
        return json.dumps({"error": traceback.format_exc()})
    finally:
        for connection in connections.all():  # the database may be another one by the next call
            connection.close()
            if hasattr(connection, "close_pool"):
                connection.close_pool()


def main() -> None:
    """Answer until there is no more input. What the calls print goes to stderr."""
    import django

    out, sys.stdout = sys.stdout, sys.stderr
    django.setup()
    for line in sys.stdin:
        print(answer(line), file=out, flush=True)


if __name__ == "__main__":
    main()
