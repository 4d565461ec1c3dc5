/* The badge alone, on paper, in the size of a bank card. */
(() => {
  "use strict";
  const button = document.querySelector("[data-print-badge]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => print());
})();
