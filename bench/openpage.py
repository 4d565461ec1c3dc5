"""A busy chat in an open page: what it costs the page's thread, how late a key shows, and whether memory grows.

MESSAGES come from another process at RATE a second, while somebody types; before them one types into the same page
alone.
"""

import asyncio
import json
import os
from dataclasses import dataclass
from typing import Any

from bench.place import Place, installation, percentile
from tests.browser.conftest import CHROMIUM_FLAGS, browser_path
from tests.browser.pages import followed, person, until

NAME = "openpage"
MESSAGES = int(os.environ.get("BENCH_MESSAGES", 2_000))
RATE = 50  # messages a second
TALKERS = 40
KEYS_A_SECOND = 5
TRACED = ["toplevel", "disabled-by-default-devtools.timeline"]
WATCHED = """() => {
  window.bench = { tasks: [], keys: [] };
  new PerformanceObserver((list) => bench.tasks.push(...list.getEntries().map((entry) => entry.duration)))
    .observe({ type: "longtask" });
  document.addEventListener("keydown", (event) => {
    const pressed = event.timeStamp;
    requestAnimationFrame(() => setTimeout(() => bench.keys.push(performance.now() - pressed)));
  }, true);
}"""
TAKEN = """() => {
  const taken = window.bench;
  window.bench = { tasks: [], keys: [] };
  return { ...taken, shown: document.querySelectorAll("#messages > *").length };
}"""


@dataclass
class Told:
    """What a page showed meanwhile: milliseconds, bytes of its scripts' memory, elements."""

    tasks: list[float]  # of those longer than 50 ms, by the clock
    work: float  # the longest by the thread's own processor time: what a machine in use adds is not in it
    keys: list[float]  # from a key to the frame that shows it
    shown: int
    heap: float
    nodes: float


def longest(trace: bytes) -> float:
    """Milliseconds of processor time of the longest task of a page's main thread, by Chromium's trace."""
    events = json.loads(trace)["traceEvents"]
    mains = {(each["pid"], each["tid"]) for each in events if each.get("args", {}).get("name") == "CrRendererMain"}
    tasks = [each for each in events if each["name"].endswith("RunTask") and (each["pid"], each["tid"]) in mains]
    return max((each["tdur"] for each in tasks if "tdur" in each), default=float("nan")) / 1000


async def measured(page: Any, devtools: Any) -> Told:
    """What has happened since the last time."""
    work = longest(await page.context.browser.stop_tracing())
    taken = await page.evaluate(TAKEN)
    await devtools.send("HeapProfiler.collectGarbage")
    metrics = {each["name"]: each["value"] for each in (await devtools.send("Performance.getMetrics"))["metrics"]}
    await page.evaluate(TAKEN)  # what was done to look is not the page's
    await page.context.browser.start_tracing(page=page, categories=TRACED)
    return Told(taken["tasks"], work, taken["keys"], taken["shown"], metrics["JSHeapUsedSize"], metrics["Nodes"])


async def typed(page: Any, until_done: asyncio.Future[Any]) -> None:
    """Somebody writes and begins anew, again and again."""
    await page.locator("#chat-text").click()
    while not until_done.done():
        for letter in "What we did at home. ":
            await page.keyboard.type(letter)
            await asyncio.sleep(1 / KEYS_A_SECOND)
        await page.locator("#chat-text").fill("")


async def run(place: Place) -> list[Told]:
    """A page alone, with the first quarter of the messages, and with the others."""
    from playwright.async_api import async_playwright

    url = place.servers[0].url
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path(), args=CHROMIUM_FLAGS)
        page = await person(browser, url, place.cookies[-1])
        await page.goto(f"{url}/sessions/{place.session}/")
        await followed(page)
        devtools = await page.context.new_cdp_session(page)
        await devtools.send("Performance.enable")
        await page.evaluate(WATCHED)
        await browser.start_tracing(page=page, categories=TRACED)
        await typed_beside(page, asyncio.sleep(10))
        told = [await measured(page, devtools)]
        for count in (MESSAGES // 4, MESSAGES - MESSAGES // 4):
            given = {"session": place.session, "people": place.people[:TALKERS], "count": count, "rate": RATE}
            talk = asyncio.to_thread(place.call, "bench.programs.writing:talk", **given)
            last = await typed_beside(page, talk)
            await until(page, "id => Boolean(document.getElementById(`message-${id}`))", last)
            told.append(await measured(page, devtools))
        await browser.close()
        return told


async def typed_beside(page: Any, work: Any) -> Any:
    """What a work gives back, while somebody types."""
    task = asyncio.ensure_future(work)
    await typed(page, task)
    return await task


def main() -> None:
    """Run and report."""
    with installation(TALKERS + 1, processes=1) as place:
        alone, first, rest = asyncio.run(run(place))
    print(f"{MESSAGES} messages at {RATE} a second in an open page of Chromium, somebody types")
    print("            tasks > 50 ms  longest  its work   key p50   key p99   elements   heap MB")
    for name, told in (("alone", alone), ("the first quarter", first), ("the others", rest)):
        keys = [percentile(told.keys, percent) for percent in (50, 99)]
        print(f" {name:<18} {len(told.tasks):>6} {max(told.tasks, default=0):>8.0f} {told.work:>9.0f} ", end="")
        print(f"{keys[0]:>9.0f} {keys[1]:>9.0f} {told.nodes:>10,.0f} {told.heap / 1e6:>9.1f}")
    work, heap, nodes = max(first.work, rest.work), rest.heap / first.heap, rest.nodes / first.nodes
    print(f"openpage: longest task {work:.0f} ms of processor time, heap {heap:.2f} and nodes {nodes:.2f} ", end="")
    print(f"of those after the first quarter, {rest.shown} messages shown")
