/* The desk: who waits stands in the title of the tab, so that it is seen from another one. */
(() => {
  "use strict";
  const title = document.title;

  function show() {
    const waiting = Number(document.getElementById("expo-rings")?.dataset.rings || 0);
    document.title = waiting ? `(${waiting}) ${title}` : title;
  }
  document.addEventListener("live:swapped", ({ detail }) => detail.id === "expo-rings" && show());
  show();
})();
