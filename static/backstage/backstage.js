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
    if (element.matches(".backstage-line")) toEnd(element.closest(".backstage-scroll"));
  });
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (detail.successful && target.matches?.(".backstage-form")) target.reset();
  });
})();
