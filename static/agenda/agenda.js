/* The agenda is drawn anew, once for many changes, when sessions of the edition have moved. */
(() => {
  "use strict";
  const TOGETHER = 1000; // ms
  let timer = null;
  const draw = () => {
    timer = null;
    htmx.trigger(document.getElementById("agenda"), "agenda:changed");
  };
  function soon() {
    timer ??= setTimeout(draw, TOGETHER + Math.random() * TOGETHER);
  }
  document.addEventListener("live:swapped", ({ detail }) => {
    if (detail.matches(".city, .item, [data-told]")) soon();
  });
  document.addEventListener("agenda:saved", soon);
})();
