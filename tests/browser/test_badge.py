"""A badge on paper: in the size of a bank card, alone on one page, whole, and a scanner reads it."""

import re

import pytest

from tests.browser.pages import person
from tests.programs import expo

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("stack", ["embedded"], indirect=True)]
MM = 96 / 25.4  # CSS pixels
READ = """async (bytes) => {
  const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  return (await ZXingWASM.readBarcodes(image, { formats: ["QRCode"] })).map((found) => found.text);
}"""
SHOWN = """() => [...document.querySelectorAll("body *")].filter((each) =>
  each.checkVisibility() && !each.closest("[data-print]") && !each.querySelector("[data-print]")
  && each.getClientRects().length && each.textContent.trim()).map((each) => each.tagName)"""
CUT = """() => {
  const card = document.querySelector("[data-print]").getBoundingClientRect();
  return [...document.querySelectorAll("[data-print] > *")].filter((each) => each.checkVisibility()).filter((each) => {
    const box = each.getBoundingClientRect();
    return box.top < card.top || box.bottom > card.bottom || box.left < card.left || box.right > card.right;
  }).map((each) => each.className || each.tagName);
}"""


@pytest.mark.parametrize("name", ["Ana", "María de los Ángeles Fernández-Villaverde y Etxeberria-Goikoetxea"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_prints_as_a_card_that_a_scanner_reads(stack, chromium, name, scheme):
    place = stack.call(expo.hall, visitors=1, team=1)
    stack.call(expo.named, who=place["visitor_ids"][0], name=name, organisation=f"The city of {name}"[:80])
    url = stack.servers[0].url
    page = await person(chromium, url, place["visitors"][0], device_scale_factor=3, color_scheme=scheme)
    await page.goto(f"{url}/editions/{place['slug']}/expo/me/")
    code = await page.locator(".expo-code").inner_text()
    await page.emulate_media(media="print")
    badge = page.locator("[data-print]")
    box = await badge.bounding_box()
    assert [round(box["width"] / MM, 1), round(box["height"] / MM, 1)] == [85.6, 54.0]
    assert await page.evaluate(SHOWN) == [] and await page.evaluate(CUT) == []
    pdf = await page.pdf()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    printed = await badge.screenshot()
    scanner = await person(chromium, url, place["team"][0])
    await scanner.goto(f"{url}/expo/{place['exhibitor']}/scan/")
    await scanner.locator("[data-camera-start]").wait_for()
    assert await scanner.evaluate(READ, list(printed)) == [f"{url}/expo/badges/{code}/"]
    assert page.errors == scanner.errors == []
