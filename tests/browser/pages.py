"""Browsers for the stories: one context per person, everything that goes wrong in a page is kept."""

from typing import Any


async def person(chromium: Any, url: str, cookie: str = "", **options: Any) -> Any:
    """A page of a fresh browser context, signed in by a cookie; `page.errors` collects script and CSP errors."""
    context = await chromium.new_context(timezone_id="America/Sao_Paulo", **options)
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


async def followed(page: Any) -> None:
    """Wait until the page's socket is joined."""
    await page.wait_for_function("document.body.dataset.joined === 'yes'")
