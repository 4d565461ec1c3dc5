/* The caller's view: space takes the next step, + and - move the end by a minute, while no field has the focus. */
(() => {
  "use strict";
  const REST = 700; // ms in which a second press is the same press
  const LOOK = 30000; // ms between two looks, whatever was lost on the way
  const KEYS = { " ": "[data-next-step]", "+": '[data-key="+"]', "=": '[data-key="+"]', "-": '[data-key="-"]' };
  let pressed = 0;

  document.addEventListener("keydown", (event) => {
    const button = KEYS[event.key] && document.querySelector(KEYS[event.key]);
    if (!button || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, button, a, summary")) return;
    event.preventDefault();
    if (event.repeat || (event.key === " " && Date.now() - pressed < REST)) return;
    pressed = Date.now();
    button.click(); // with its value, which requestSubmit leaves out
  });
  document.addEventListener("live:joined", () => htmx.trigger(document.body, "screen-changed"));
  setInterval(() => htmx.trigger(document.body, "screen-changed"), LOOK);
})();
