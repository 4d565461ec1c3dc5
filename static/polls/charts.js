/* Charts that are drawn anew grow from what they were, and a chart that comes while one looks grows from nothing: a
   reveal is an event. The server draws, this only moves from the last drawing to the new one. */
(() => {
  "use strict";
  const GEOMETRY = ["x", "y", "width", "height", "font-size"];
  const DURATION = 300; // ms
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const last = new Map();

  const shape = (part) => Object.fromEntries(GEOMETRY.map((name) => [name, Number(part.getAttribute(name) || 0)]));
  const place = (part) => `${part.closest("[id]")?.id} ${part.dataset.grows}`;

  /* Bars grow along, columns upwards, words in size. */
  function nothing(now) {
    if (now["font-size"]) return { ...now, "font-size": 1 };
    const upright = now.y > 0 || now.height > now.width;
    return upright ? { ...now, y: now.y + now.height, height: 0 } : { ...now, width: 0 };
  }

  function grow(root, isNews) {
    const parts = root.querySelectorAll("[data-grows]");
    if (!parts.length) forget(root.id);
    for (const part of parts) {
      const key = place(part),
        now = shape(part),
        before = last.get(key) ?? (isNews && nothing(now));
      last.set(key, now);
      if (!before || calm.matches || GEOMETRY.every((name) => before[name] === now[name])) continue;
      move(part, before, now);
    }
  }

  /* What is hidden again comes anew. */
  function forget(id) {
    for (const key of last.keys()) if (id && key.startsWith(`${id} `)) last.delete(key);
  }

  function move(part, before, now) {
    const begun = performance.now();
    const names = GEOMETRY.filter((name) => before[name] !== now[name]);
    function step(time) {
      const done = Math.min(1, Math.max(0, (time - begun) / DURATION)),
        eased = 1 - (1 - done) ** 3;
      for (const name of names) part.setAttribute(name, (before[name] + (now[name] - before[name]) * eased).toFixed(2));
      if (done < 1 && part.isConnected) requestAnimationFrame(step);
    }
    for (const name of names) part.setAttribute(name, before[name]);
    requestAnimationFrame(step);
  }

  document.addEventListener("live:swapped", (event) => grow(event.detail, true));
  document.addEventListener("htmx:load", (event) => grow(event.target));
  grow(document);
})();
