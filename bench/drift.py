"""How far captions stand from their place in a live stream that plays for BENCH_MINUTES, then after a pause and a jump.

A line is sent every two seconds, as a caption tool sends it. Each frame of the page notes what has come over
the picture, and the time of the video's own frame: a player whose clock drifts from its picture is seen.
"""

import asyncio
import itertools
import os
import threading
from statistics import median
from typing import Any
from urllib.request import Request, urlopen

from bench.place import Place, installation
from tests.browser.conftest import CHROMIUM_FLAGS, browser_path
from tests.browser.pages import followed, person, until

NAME = "drift"
MINUTES = float(os.environ.get("BENCH_MINUTES", 1))
EVERY, PAUSE, BACK, AFTER = 2.0, 20, 10, 20  # seconds: between lines; a pause; a jump back; watched after each
WATCHED = """() => {
  const bench = (window.bench = { came: [], seen: new Set(), begin: null });
  const note = (_now, { mediaTime }) => {
    bench.media = mediaTime;
    bench.shown = player.date() / 1000;
    bench.begin ??= bench.shown - mediaTime;
    player.video.requestVideoFrameCallback(note);
  };
  player.video.requestVideoFrameCallback(note);
  const look = () => {
    for (const { textContent } of document.querySelectorAll(".caption-box:not([hidden]) > p")) {
      if (bench.seen.has(textContent)) continue;
      bench.seen.add(textContent);
      const lines = [...document.querySelectorAll(".caption-line")];
      const line = lines.find((each) => each.querySelector("[lang]").textContent === textContent);
      const drift = bench.shown - bench.media - bench.begin;
      if (line) bench.came.push([player.date() / 1000 - Number(line.dataset.due), drift]);
    }
    requestAnimationFrame(look);
  };
  look();
}"""
TAKEN = """() => {
  const { came } = bench;
  bench.came = [];
  bench.seen.clear();
  for (const each of document.querySelectorAll(".caption-box > p")) bench.seen.add(each.textContent);
  return came;
}"""
Came = list[tuple[float, float]]  # seconds from a line's place; seconds by which the player's clock left its picture


def write(url: str, ended: threading.Event) -> None:
    """A caption tool: a line every two seconds."""
    for seq in itertools.count(1):
        request = Request(f"{url}?seq={seq}&lang=en", f"Line {seq}.\n".encode(), {"Content-Type": "text/plain"})
        with urlopen(request, timeout=20):
            pass
        if ended.wait(EVERY):
            return


async def run(place: Place, address: str) -> dict[str, Came]:
    """What was seen in each part."""
    from playwright.async_api import async_playwright

    url, ended, told = place.servers[0].url, threading.Event(), dict[str, Came]()
    tool = threading.Thread(target=write, args=(url + address, ended))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path(), args=CHROMIUM_FLAGS)
        page = await person(browser, url, place.cookies[-1], viewport={"width": 1280, "height": 800})
        await page.add_init_script('localStorage.player ??= JSON.stringify({ captions: "en" })')
        await page.goto(f"{url}/sessions/{place.session}/")
        await until(page, "player.started() && player.date() !== null", seconds=60)
        await followed(page)
        tool.start()
        try:
            await page.evaluate(WATCHED)
            await until(page, "bench.came.length > 0", seconds=60)
            for name, change, seconds in parts():
                told[name] = await seen(page, change, seconds)
        finally:
            ended.set()
            tool.join()
        await browser.close()
    return told


def parts() -> list[tuple[str, str, float]]:
    """What is done to the player before each part, and for how many seconds it is watched."""
    whole = max(60.0, MINUTES * 60)
    paused = (
        f"player.video.pause(), new Promise((done) => setTimeout(done, {PAUSE * 1000})).then(() => player.video.play())"
    )
    return [
        ("at first", "null", 30),
        ("meanwhile", "null", whole - 60),
        (f"after {MINUTES:g} min", "null", 30),
        (f"after a pause of {PAUSE} s", paused, AFTER),
        (f"after a jump back by {BACK} s", f"player.seek(player.place() - {BACK})", AFTER),
    ]


async def seen(page: Any, change: str, seconds: float) -> Came:
    """What comes within so many seconds after a change. The first second after it is that of the jump itself."""
    await page.evaluate(f"async () => {{ await ({change}); }}")
    if change != "null":
        await asyncio.sleep(1)
    await page.evaluate(TAKEN)
    await asyncio.sleep(seconds)
    came: Came = await page.evaluate(TAKEN)
    return came


def main() -> None:
    """Run and report."""
    with installation(2, processes=1) as place:
        on_air = {"session": place.session, "languages": ["en"], "stream": True}
        told = asyncio.run(run(place, place.call("bench.programs.captioning:on_air", **on_air)["en"]))
    print(" part                       lines  late p50 ms  largest ms  clock from picture ms")
    worst = {}
    for name, came in told.items():
        if not came:
            continue
        late, drift = [abs(each) * 1000 for each, _ in came], max(abs(each) for _, each in came) * 1000
        worst[name] = max(late) + drift
        print(f" {name:<26} {len(came):>5} {median(late):>12.0f} {max(late):>11.0f} {drift:>22.0f}")
    found = ", ".join(f"{name} {each / 1000:.2f} s" for name, each in worst.items())
    print(f"drift: captions stood from their place at most: {found}")


if __name__ == "__main__":
    main()
