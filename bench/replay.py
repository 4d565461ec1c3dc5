"""A recording with MESSAGES in its chat is played at SPEED, then one jumps about in it: how long the page's thread
works at once, and after how long a jump shows what stands there.
"""

import asyncio
import os
import time
from typing import Any

from bench.openpage import TRACED, longest
from bench.place import Place, installation, percentile
from tests.browser.conftest import CHROMIUM_FLAGS, browser_path
from tests.browser.pages import person, until

NAME = "replay"
MESSAGES = int(os.environ.get("BENCH_MESSAGES", 5_000))
TALKERS, SPEED, JUMPS = 40, 16, 40
WATCHED = """() => {
  window.bench = { tasks: [], seen: new Set() };
  new PerformanceObserver((list) => bench.tasks.push(...list.getEntries().map((entry) => entry.duration)))
    .observe({ type: "longtask" });
  const list = document.querySelector("[data-replay-list]");
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) bench.seen.add(node.dataset?.of);
  }).observe(list, { childList: true });
}"""
HALF = """() => {
  const taken = { tasks: bench.tasks, seen: bench.seen.size, there: document.querySelectorAll(".replay-item").length };
  bench.tasks = [];
  return taken;
}"""


async def taken(page: Any) -> dict[str, Any]:
    """What has happened since the last time, with the longest task's own work in ms."""
    work = longest(await page.context.browser.stop_tracing())
    found: dict[str, Any] = await page.evaluate(HALF)
    await page.context.browser.start_tracing(page=page, categories=TRACED)
    return found | {"work": work}


async def run(place: Place, length: int) -> tuple[list[dict[str, Any]], list[float]]:
    """The page while it plays and while one jumps, and the milliseconds after which each jump showed its place."""
    from playwright.async_api import async_playwright

    url = place.servers[0].url
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path(), args=CHROMIUM_FLAGS)
        page = await person(browser, url, place.cookies[-1])
        await page.goto(f"{url}/sessions/{place.session}/")
        await until(page, "player.started()", seconds=60)
        await page.evaluate(WATCHED)
        await browser.start_tracing(page=page, categories=TRACED)
        await page.evaluate(f"player.seek(0); player.video.playbackRate = {SPEED}")
        await until(page, f"player.place() > {length - 5}", seconds=length)
        told, jumps = [await taken(page)], []
        await page.evaluate("player.video.pause()")
        for number in range(JUMPS):
            there = (number * 617) % (length - 60) + 30
            began = time.monotonic()
            await page.evaluate(f"player.seek({there})")
            shown = "(() => { const at = Number([...document.querySelectorAll('.replay-item')].at(-1)?.dataset.at);"
            await until(page, f"{shown} return at <= {there} && at > {there} - 2; }})()", seconds=30)
            jumps.append((time.monotonic() - began) * 1000)
        told.append(await taken(page))
        await browser.close()
        return told, jumps


def main() -> None:
    """Run and report."""
    with installation(TALKERS + 1, processes=1) as place:
        given = {"session": place.session, "people": place.people[:TALKERS], "count": MESSAGES}
        length = place.call("bench.programs.recording:record", **given)
        (played, jumped), jumps = asyncio.run(run(place, length))
    print(f"{MESSAGES} messages along {length} s, played at {SPEED}x, then {JUMPS} jumps")
    print("          tasks > 50 ms  longest  its work  messages seen  in the list")
    for name, told in (("played", played), ("jumped", jumped)):
        print(f" {name:<9} {len(told['tasks']):>10} {max(told['tasks'], default=0):>9.0f} {told['work']:>9.0f}", end="")
        print(f" {told['seen']:>12,} {told['there']:>12}")
    work = max(played["work"], jumped["work"])
    print(f"replay: longest task {work:.0f} ms of processor time, {played['seen']} of {MESSAGES} seen, ", end="")
    print(f"a jump shows after p50 {percentile(jumps, 50):.0f} ms, p99 {percentile(jumps, 99):.0f} ms")
