/* The stage screen: texts as large as they fit, and a look at the server now and then, whatever was lost on the way. */
(() => {
  "use strict";
  const LOOK = 20000; // ms
  const SIZES = [96, 84, 72, 64, 56, 48, 44, 40, 36, 32]; // px of the large text on 1920 x 1080
  const DENSITIES = { "": 48, two: 40, "two dense": 36, "two dense least": 32 }; // each with its smallest text
  const screen = document.querySelector("[data-screen]");
  const main = () => screen.querySelector(".screen-main");
  const fits = (box) => box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;

  /* The largest text with options at ease, else in two columns, else close together and cut. */
  function fit() {
    const box = main();
    for (const [density, least] of Object.entries(DENSITIES)) {
      box.dataset.density = density;
      for (const size of SIZES.filter((size) => size >= least)) {
        box.style.setProperty("--text-size", size);
        if (fits(box)) return;
      }
    }
  }

  /* What comes by the link while one looks is newer than what one sees. */
  let looks = 0;
  async function look() {
    const own = ++looks;
    const response = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (response?.status === 404) return location.reload(); // the address has ended
    const html = response?.ok && (await response.text());
    if (!html || own !== looks) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const part of page.querySelectorAll(".screen-main, .join, .screen-band")) live.swap(part.outerHTML);
  }

  document.addEventListener("live:swapped", ({ detail }) => {
    if (detail.matches(".screen-main")) looks++;
    fit();
  });
  document.addEventListener("live:joined", look);
  document.body.addEventListener("screen-changed", look);
  document.addEventListener("live:barred", () => location.reload());
  addEventListener("resize", fit);
  document.fonts.ready.then(fit);
  setInterval(look, LOOK);
  fit();
})();
