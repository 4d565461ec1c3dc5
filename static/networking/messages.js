/* The list of conversations is drawn anew when something in one of them has changed, wherever it was done. */
(() => {
  "use strict";
  const TOGETHER = 500; // ms
  let isDue = false;
  let isKnown = false; // the first is what came with the join

  document.addEventListener("live:own", ({ detail }) => {
    if (!detail.networking) return;
    if (isKnown && !isDue) {
      isDue = true;
      setTimeout(() => {
        isDue = false;
        htmx.trigger(document.getElementById("conversations"), "networking:changed");
      }, TOGETHER);
    }
    isKnown = true;
  });
})();
