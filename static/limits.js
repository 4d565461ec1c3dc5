/* Fields with data-limit cut nothing: they count what is left or too much, and what is too much is not sent. */
(() => {
  "use strict";
  const FROM = 0.8; // of the limit: from here on the count is shown, and always where a page has a place for it
  const { limitLeft, limitOver } = document.body.dataset;

  function count(field) {
    const limit = Number(field.dataset.limit);
    const left = limit - [...field.value.trim()].length; // characters as the server counts them
    const words = (left < 0 ? limitOver : limitLeft).replace("%n", Math.abs(left).toLocaleString(live.language));
    field.setCustomValidity(left < 0 ? words : "");
    field.setAttribute("aria-invalid", left < 0);
    const isShown = left < limit * (1 - FROM);
    const note = noteOf(field, isShown);
    if (!note) return;
    note.textContent = isShown || note.hasAttribute("data-always") ? words : "";
    note.classList.toggle("over", left < 0);
  }

  /* Where the count stands: a place of the page's own, else right after the field or its label. */
  function noteOf(field, isNeeded) {
    const own = field.id && document.querySelector(`[data-limit-of="${CSS.escape(field.id)}"]`);
    const before = field.closest("label") ?? field;
    if (own || before.nextElementSibling?.matches(".limit")) return own || before.nextElementSibling;
    if (!isNeeded) return null;
    const note = Object.assign(document.createElement("span"), { className: "limit" });
    note.setAttribute("role", "status");
    before.after(note);
    return note;
  }

  /* As many rows as what is written needs, up to five: nothing of it is cut in the middle of a line. */
  function grow(field) {
    const style = getComputedStyle(field);
    const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
    field.rows = 1;
    const lines = Math.round((field.scrollHeight - padding) / parseFloat(style.lineHeight));
    field.rows = Math.min(5, Math.max(1, lines || 1)); // 0: it is not shown
  }

  const countAll = (root) => root.querySelectorAll("[data-limit]").forEach(count);
  document.addEventListener("input", ({ target }) => target.dataset.limit && count(target));
  document.addEventListener("reset", ({ target }) => setTimeout(() => countAll(target)));
  document.addEventListener("live:swapped", ({ detail }) => countAll(detail));
  document.addEventListener("htmx:load", ({ target }) => countAll(target));
  countAll(document);

  window.limits = { count, grow };
})();
