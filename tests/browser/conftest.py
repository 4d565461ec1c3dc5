"""One Chromium for all tests of this folder: each has contexts of its own, which end with it."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from functools import wraps
from typing import Any

import pytest
import pytest_asyncio

CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A page's scripts run for moments in a test: to optimise them costs more than it gains.
PLAIN_SCRIPTS = "--js-flags=--no-opt,--no-maglev"
# The first is Chromium without windows: a person's context costs it a third of the processor time.
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")


LONGEST = 480.0  # seconds of a test: a browser that answers no more fails one test, and does not hang all of them
CLOSES_WITHIN = 20.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What drives the browser runs in the loop in which it was started, and ends."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()) and isinstance(item, pytest.Function):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            item.obj = bounded(item.obj)


def bounded(test: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """The test, failing with TimeoutError when it takes too long."""

    @wraps(test)
    async def run(*args: Any, **values: Any) -> None:
        async with asyncio.timeout(LONGEST):
            await test(*args, **values)

    return run


def browser_path() -> str:
    """The system's Chromium, or the one that CHROMIUM names."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "No Chromium: install it or set CHROMIUM"
    return path


class Launcher:
    """The system's Chromium, started once (that takes a second), and anew where one has stopped to answer."""

    def __init__(self, playwright: Any) -> None:
        self._playwright = playwright
        self._browser: Any = None

    async def browser(self) -> Any:
        """A playwright Browser."""
        if self._browser is None:
            flags = [*CHROMIUM_FLAGS, PLAIN_SCRIPTS]
            self._browser = await self._playwright.chromium.launch(executable_path=browser_path(), args=flags)
        return self._browser

    async def clear(self) -> None:
        """Close what it shows; forget a browser that does not."""
        try:
            async with asyncio.timeout(CLOSES_WITHIN):
                for context in self._browser.contexts:
                    await context.close()
        except TimeoutError:
            self._browser = None


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def launcher() -> AsyncIterator[Launcher]:
    """Starts browsers."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        launcher = Launcher(playwright)
        yield launcher
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSES_WITHIN):
                await (await launcher.browser()).close()


@pytest_asyncio.fixture(loop_scope="session")
async def chromium(launcher: Launcher) -> AsyncIterator[Any]:
    """A playwright Browser that shows nothing yet."""
    yield await launcher.browser()
    await launcher.clear()
