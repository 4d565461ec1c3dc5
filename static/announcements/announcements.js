/* Announcements: shown where they belong, and once closed no more, on this page and the next. */
(() => {
  "use strict";
  const region = () => document.getElementById("announcements");
  if (!region()) return;
  const name = "announcements:closed";
  const MOST = 100; // that are remembered
  function closed() {
    try {
      return JSON.parse(localStorage.getItem(name)) || [];
    } catch {
      return [];
    }
  }
  function close(id) {
    try {
      localStorage.setItem(name, JSON.stringify([...closed(), id].slice(-MOST)));
    } catch {
      /* private mode */
    }
    const bar = document.getElementById(id);
    if (bar) bar.hidden = true;
  }
  /* Those of other stages and cities come over the edition's room as well. */
  function show(bar) {
    const scopes = region().dataset.scopes.split(" ");
    bar.hidden = !scopes.includes(bar.dataset.scope) || closed().includes(bar.id);
  }
  function showAll() {
    region().querySelectorAll(".announcement").forEach(show);
  }
  document.addEventListener("click", ({ target }) => {
    const bar = target.closest(".announcement [data-close], .announcement [data-confirm]")?.closest(".announcement");
    if (bar) close(bar.id);
  });
  document.addEventListener("live:swapped", ({ detail: element }) => {
    if (element.matches(".announcement")) show(element);
    if (element.id === "announcements") showAll();
  });
  document.addEventListener("live:own", ({ detail: { announcements } }) => {
    for (const id of announcements || []) close(`announcement-${id}`);
  });
  showAll();
})();
