"""Browsers for the stories: one context per person, everything that goes wrong in a page is kept."""

import asyncio
from pathlib import Path
from typing import Any

SCRIPTS = Path(__file__).parent / "scripts"


def script(name: str) -> str:
    """A script of tests/browser/scripts: for `page.evaluate` a function, whose value comes back."""
    return (SCRIPTS / f"{name}.js").read_text()


async def person(chromium: Any, url: str, cookie: str = "", **options: Any) -> Any:
    """A page of a fresh browser context, signed in by a cookie; `page.errors` collects script and CSP errors."""
    # Routes of a page do not see what its service worker asks for.
    options = {"service_workers": "block", "timezone_id": "America/Sao_Paulo", **options}
    context = await chromium.new_context(**options)
    if cookie:
        await context.add_cookies([{"name": "sessionid", "value": cookie, "url": url}])
    page = await context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda message: page.errors.append(message.text) if violates(message) else None)
    page.set_default_timeout(15_000)
    return page


def violates(message: Any) -> bool:
    """Whether a console message tells of a CSP violation."""
    return message.type == "error" and "Content Security Policy" in message.text


async def until(page: Any, javascript: str, argument: Any = None, seconds: float = 15) -> None:
    """Wait until an expression is true (the page's CSP forbids what playwright's own wait_for_function does)."""
    for _ in range(int(seconds * 20)):
        if await page.evaluate(javascript, argument):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"Not in {seconds} s: {javascript}")


async def followed(page: Any) -> None:
    """Wait until the page's socket has joined its rooms."""
    await until(page, "document.body.dataset.joined === 'yes'")


async def without_posts(page: Any) -> None:
    """HTTP is lost on the way."""
    await page.route("**/chat/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())


async def without_link(page: Any) -> None:
    """The live link opens and stays silent."""
    await page.route_web_socket("**/live/**", lambda socket: None)
