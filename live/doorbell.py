"""The doorbell: "room X has reached seq N", to every process once. It carries no content and may be lost."""

import asyncio
import atexit
import logging
import threading
import uuid
from functools import cache
from typing import Any, Protocol

from channels.layers import get_channel_layer

logger = logging.getLogger(__name__)
GROUP = "live.doorbell"
SEND_TIMEOUT = 1.0  # seconds; a ring that takes longer is dropped, the poll of the heads makes up for it
RETRY_DELAY = 1.0  # seconds between attempts to listen again


class Hub(Protocol):
    """Who hears the rings in this process."""

    def ring(self, key: str, head: int) -> None:
        """Another process has brought the room to `head`."""

    def touch(self, key: str, kind: str, item: str) -> None:
        """Another process has changed something volatile in the room."""

    def ring_from_thread(self, key: str, head: int) -> None:
        """This process has brought the room to `head`; called in any thread."""

    def touch_from_thread(self, key: str, kind: str, item: str) -> None:
        """This process has changed something volatile in the room; called in any thread."""


_hub: Hub | None = None
_name = ""  # of this process, for the others; "" while it does not listen


def install(hub: Hub | None) -> None:
    """Make `hub` the one that this process rings directly (None: there is none)."""
    global _hub
    _hub = hub


def ring(key: str, head: int) -> None:
    """Tell every process that the room has reached `head`. Never fails and never keeps the writer waiting."""
    if _hub is not None:
        _hub.ring_from_thread(key, head)
        return
    asyncio.run_coroutine_threadsafe(send_quietly({key: head}), _own_loop())


def touch(key: str, kind: str, item: str) -> None:
    """Tell every process that something volatile has changed in a room (live.volatile)."""
    if _hub is not None:
        _hub.touch_from_thread(key, kind, item)
        return
    asyncio.run_coroutine_threadsafe(send_quietly({}, [[key, kind, item]]), _own_loop())


@cache
def _own_loop() -> asyncio.AbstractEventLoop:
    """The loop of a process without a hub (a command, a worker), in a thread that may finish its rings at exit."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="doorbell", daemon=True).start()

    async def rest() -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.wait(others, timeout=SEND_TIMEOUT) if others else None

    atexit.register(lambda: asyncio.run_coroutine_threadsafe(rest(), loop).result(2 * SEND_TIMEOUT))
    return loop


async def send_quietly(heads: dict[str, int], touched: list[list[str]] | None = None) -> None:
    """Send rings to the other processes; their polls make up for what is lost."""
    try:
        await send(heads, touched or [])
    except Exception as error:
        logger.warning("Doorbell not rung: %s", error)


async def send(heads: dict[str, int], touched: list[list[str]] | None = None) -> None:
    """Send rings to the other processes over the channel layer; raises what the layer raises, or TimeoutError."""
    layer = get_channel_layer()
    if layer is not None:
        message = {"type": "ring", "from": _name, "heads": heads, "touched": touched or []}
        await asyncio.wait_for(layer.group_send(GROUP, message), SEND_TIMEOUT)


async def listen(hub: Hub) -> None:
    """Pass rings of other processes to `hub`, for ever; reconnects when the layer fails."""
    global _name
    _name = uuid.uuid4().hex
    while True:
        layer: Any = get_channel_layer()
        try:
            channel = await layer.new_channel()
            await layer.group_add(GROUP, channel)
            while True:
                message = await layer.receive(channel)
                if message.get("from") == _name:
                    continue  # this process has served its own sockets already
                for key, head in message["heads"].items():
                    hub.ring(key, head)
                for change in message.get("touched", []):
                    hub.touch(*change)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            logger.warning("Doorbell deaf, listening again in %s s: %s", RETRY_DELAY, error)
            await asyncio.sleep(RETRY_DELAY)
