/* The agenda is drawn anew, once for many changes, when sessions of the edition have moved; and by the clock of the
   device, for who has chosen none in the profile. */
(() => {
  "use strict";
  const TOGETHER = 1000; // ms
  let isDue = false;
  function draw() {
    isDue = false;
    htmx.trigger(document.getElementById("agenda"), "agenda:changed");
  }
  function soon() {
    if (!isDue) setTimeout(draw, TOGETHER + Math.random() * TOGETHER);
    isDue = true;
  }
  document.addEventListener("live:swapped", ({ detail }) => {
    if (detail.matches(".city, .item, [data-told]")) soon();
  });
  document.addEventListener("agenda:saved", soon);
  const list = document.getElementById("agenda");
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (list?.matches("[data-ask-device]") && timeZone && timeZone !== list.dataset.clockOf) {
    const address = `${location.pathname}?zone=${encodeURIComponent(timeZone)}`;
    htmx.ajax("GET", address, { target: list, swap: "outerHTML" });
  }
})();
