/* The channel behind the stage: the newest line is in view, what was sent leaves the field. */
(() => {
  "use strict";
  const toEnd = (scroller) => {
    scroller.scrollTop = scroller.scrollHeight;
  };
  for (const scroller of document.querySelectorAll(".backstage-scroll")) {
    toEnd(scroller);
    scroller.closest(".panel")?.addEventListener("panel:shown", () => toEnd(scroller));
  }
  document.addEventListener("live:swapped", ({ detail: element }) => {
    if (!element.matches(".backstage-line")) return;
    toEnd(element.closest(".backstage-scroll"));
    if (count && !element.checkVisibility()) tell(Number(count.textContent) + 1);
  });
  /* Where the channel has no room beside the rows: how many lines have come since it was closed. */
  const count = document.querySelector("[data-backstage-new]");
  function tell(number) {
    count.textContent = number || "";
    count.hidden = !number;
  }
  document.getElementById("control-side")?.addEventListener("toggle", ({ newState, target }) => {
    if (newState !== "open") return;
    tell(0);
    toEnd(target.querySelector(".backstage-scroll"));
  });
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (detail.successful && target.matches?.(".backstage-form")) target.reset();
  });
})();
