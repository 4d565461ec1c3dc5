"""The event loop of the server: uvloop's under Twisted's reactor, with which each who comes costs a tenth less."""

import asyncio
from collections.abc import Callable
from typing import Any

from twisted.internet import asyncioreactor


def install() -> None:
    """Install the reactor. To be called before Daphne's server is loaded, which takes what there is."""
    asyncioreactor.install(_maker()())  # type: ignore[no-untyped-call]


def _maker() -> Callable[[], Any]:
    try:
        import uvloop
    except ImportError:  # Windows has none
        return asyncio.SelectorEventLoop
    return uvloop.new_event_loop
