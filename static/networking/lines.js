/* What two or more people write to each other: Enter sends, what was sent leaves the field, the newest line is in
   sight, and what came while one looked counts as read. */
(() => {
  "use strict";
  const NEAR = 80; // px from the end within which somebody reads along
  const box = document.querySelector("[data-lines-scroll]");
  const form = document.querySelector("[data-lines-composer]");
  const toEnd = () => box?.scrollTo({ top: box.scrollHeight });
  let isNear = true;
  let isUnread = false;

  async function read() {
    const address = form?.dataset.linesRead;
    if (!address || !isUnread || document.hidden) return;
    isUnread = false;
    const headers = { "X-CSRFToken": own.token(), "HX-Request": "true" };
    await fetch(address, { method: "POST", headers }).catch(() => {
      isUnread = true; // the next line or look tries again
    });
  }

  box?.addEventListener("scroll", () => {
    isNear = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  });
  document.addEventListener("live:swapped", ({ detail }) => {
    if (detail.matches("[data-live-into]") && box?.contains(detail) && isNear) toEnd();
    if (detail.dataset.writes && form) form.hidden = detail.dataset.writes !== "yes";
    isUnread = true;
    read();
  });
  document.addEventListener("visibilitychange", read);
  form?.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (!detail.successful || target !== form) return;
    form.reset();
    isNear = true;
    toEnd();
  });
  form?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  toEnd();
})();
