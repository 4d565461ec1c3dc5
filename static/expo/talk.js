/* Chats of stands and private talks: Enter sends, what was sent leaves the field, the newest line is in sight. */
(() => {
  "use strict";
  const NEAR = 80; // px from the end within which somebody reads along
  const box = document.querySelector(".expo-scroll");
  const form = document.querySelector("[data-expo-composer]");
  const toEnd = () => box?.scrollTo({ top: box.scrollHeight });
  let isNear = true;

  box?.addEventListener("scroll", () => {
    isNear = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  });
  document.addEventListener("live:swapped", ({ detail }) => {
    if (detail.matches(".expo-line") && isNear) toEnd();
    if (detail.matches("#expo-talk.is-ended") && form) form.hidden = true;
  });
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
