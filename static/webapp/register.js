/* The service worker keeps the pages of the last visit, and takes messages while no page is open. */
(() => {
  "use strict";
  if (!("serviceWorker" in navigator)) return;
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {})); // private mode
})();
