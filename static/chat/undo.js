/* What can be undone for some seconds is offered for as long, by the server's clock. */
(() => {
  "use strict";
  setInterval(() => {
    for (const button of document.querySelectorAll("[data-undo-until]"))
      if (live.now() > Date.parse(button.dataset.undoUntil)) button.remove();
  }, 500);
})();
