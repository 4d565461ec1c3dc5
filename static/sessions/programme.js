/* The programme: the clock of its times, and the sheet of filters. */
(() => {
  "use strict";
  const page = document.querySelector(".programme-page");
  const own = document.body.dataset.zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
  let chosen = remembered();

  function remembered() {
    try {
      return localStorage.getItem("programme-clock") === "own" ? "own" : "city";
    } catch {
      return "city"; // private mode
    }
  }

  function choose(clock) {
    chosen = clock;
    try {
      localStorage.setItem("programme-clock", clock);
    } catch {
      /* private mode: for this page */
    }
    apply();
  }

  function isSameClock(zone) {
    const format = (timeZone) => new Date().toLocaleString("en", { timeZone, dateStyle: "short", timeStyle: "short" });
    return format(zone) === format(own);
  }

  /* What is chosen of a row of chips is in sight. */
  function reveal() {
    for (const chip of document.querySelectorAll(".days [aria-current]")) {
      const row = chip.parentElement;
      const [edge, of] = [chip.getBoundingClientRect(), row.getBoundingClientRect()];
      if (edge.left < of.left || edge.right > of.right)
        row.scrollLeft += edge.left + edge.width / 2 - of.left - of.width / 2;
    }
  }

  /* The choice stands above the list where the two clocks differ. */
  function apply() {
    reveal();
    const list = document.getElementById("list");
    const choice = list?.querySelector("[data-clock-choice]");
    if (!choice) return;
    choice.hidden = isSameClock(list.dataset.clockOf);
    choice.setAttribute("aria-pressed", String(chosen === "own"));
    choice.onclick = () => choose(chosen === "own" ? "city" : "own");
    document.dispatchEvent(new CustomEvent("clock:choose", { detail: choice.hidden ? "city" : chosen }));
  }

  /* The sheet of filters goes by Escape, by its buttons, and by a second press on what opened it. */
  const sheet = document.getElementById("sheet");
  const opener = document.querySelector("[data-sheet-open]");
  function close() {
    if (!sheet.childElementCount) return;
    sheet.replaceChildren();
    opener.focus();
  }
  sheet.addEventListener("keydown", (event) => event.key === "Escape" && close());
  sheet.addEventListener("submit", () => setTimeout(close));
  opener.addEventListener("htmx:beforeRequest", (event) => {
    if (!sheet.childElementCount) return;
    event.preventDefault();
    close();
  });
  page.addEventListener("htmx:afterSwap", ({ detail }) => {
    if (detail.target === sheet) sheet.querySelector("select, input:not([type=hidden])")?.focus();
  });
  document.addEventListener("htmx:load", ({ target }) => target.id === "list" && apply());
  document.addEventListener("live:swapped", ({ detail }) => detail.id === "list" && apply());
  apply();
})();
