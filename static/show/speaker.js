/* The speaker's page: space, page down and a clicker's keys press "next", while no field or button has the focus. */
(() => {
  "use strict";
  const KEYS = [" ", "PageDown", "ArrowRight"]; // what clickers send, and space
  const REST = 700; // ms in which a second press is the same press
  let pressed = 0;

  function isFree(target) {
    return !target.closest("input, textarea, select, button, a, summary, [contenteditable], [role=alertdialog]");
  }

  /* The next question while there is one or one is on stage, else the next poll. */
  function next() {
    const [question, poll] = [
      document.querySelector("[data-next-first]"),
      document.querySelector(".polls-next [data-next]"),
    ];
    const isWanted =
      document.getElementById("next-expected")?.value || document.getElementById("queue-order")?.dataset.ids;
    return question && (isWanted || !poll) ? question : poll;
  }

  document.addEventListener("keydown", (event) => {
    const isKey = KEYS.includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (!isKey || !isFree(event.target)) return;
    event.preventDefault();
    if (event.repeat || Date.now() - pressed < REST) return;
    pressed = Date.now();
    next()?.form.requestSubmit(next());
  });
})();
