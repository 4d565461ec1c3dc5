// The keyboard's ways on the page of the search: / to the field, arrows through the results, Escape back.
"use strict";

(() => {
  const field = () => document.getElementById("look-q");
  const results = () => [...document.querySelectorAll("#found .hit h2 a")];

  const writes = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  const step = (from, by) => {
    const links = results();
    const place = links.indexOf(from) + by;
    return place < 0 ? field() : links[Math.min(place, links.length - 1)];
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const here = document.activeElement;
    let next = null;
    if (event.key === "/" && !writes(here)) next = field();
    else if (here === field()) next = event.key === "ArrowDown" ? results()[0] : null;
    else if (results().includes(here)) {
      if (event.key === "ArrowDown") next = step(here, 1);
      else if (event.key === "ArrowUp") next = step(here, -1);
      else if (event.key === "Escape") next = field();
    }
    if (!next) return;
    event.preventDefault();
    next.focus();
    if (next === field()) next.select();
  });
})();
