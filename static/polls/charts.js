/* Charts that are drawn anew grow from what they were: the server draws, this only moves from the last drawing to
   the new one. */
(() => {
  "use strict";
  const GEOMETRY = ["x", "y", "width", "height", "font-size"];
  const STEPS = 400; // ms
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const last = new Map();

  const shape = (part) => Object.fromEntries(GEOMETRY.map((name) => [name, Number(part.getAttribute(name) || 0)]));
  const place = (part) => part.closest("[id]")?.id + part.dataset.grows;

  function grow(root) {
    for (const part of root.querySelectorAll("[data-grows]")) {
      const key = place(part),
        before = last.get(key),
        now = shape(part);
      last.set(key, now);
      if (!before || calm.matches || GEOMETRY.every((name) => before[name] === now[name])) continue;
      move(part, before, now);
    }
  }

  function move(part, before, now) {
    const begun = performance.now();
    const names = GEOMETRY.filter((name) => before[name] !== now[name]);
    function step(time) {
      const done = Math.min(1, Math.max(0, (time - begun) / STEPS)),
        eased = 1 - (1 - done) ** 3;
      for (const name of names) part.setAttribute(name, (before[name] + (now[name] - before[name]) * eased).toFixed(2));
      if (done < 1 && part.isConnected) requestAnimationFrame(step);
    }
    for (const name of names) part.setAttribute(name, before[name]);
    requestAnimationFrame(step);
  }

  document.addEventListener("live:swapped", (event) => grow(event.detail));
  document.addEventListener("htmx:load", (event) => grow(event.target));
  grow(document);
})();
