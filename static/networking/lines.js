/* What two or more people write to each other: Enter sends, what was sent leaves the field at once and comes back if
   it fails, what is typed meanwhile stays; the newest line is in sight, and what came while one looked is read. */
(() => {
  "use strict";
  const NEAR = 80; // px from the end within which somebody reads along
  const box = document.querySelector("[data-lines-scroll]");
  const form = document.querySelector("[data-lines-composer]");
  const toEnd = () => box?.scrollTo({ top: box.scrollHeight });
  let isNear = true;
  let isUnread = false;
  const field = form?.elements.text;
  let sent = null; // what is on its way; null: nothing
  const following = []; // what was sent meanwhile

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

  function put(text) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true })); // the count of what is left
  }
  // One after the other: what is sent while a line is on its way follows it.
  form?.addEventListener(
    "submit",
    (event) => {
      if (sent === null) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      following.push(field.value);
      put("");
    },
    true,
  );
  /* Not while htmx is still at the one before. */
  function follow() {
    sent = null;
    form.noValidate = true; // the field is empty, or has what is typed meanwhile
    htmx.trigger(form, "submit");
    form.noValidate = false;
  }
  form?.addEventListener("htmx:configRequest", ({ target, detail: { parameters } }) => {
    if (target === form && following.length) parameters.set("text", following[0]);
  });
  form?.addEventListener("htmx:beforeSend", ({ target }) => {
    if (target !== form) return;
    const queued = following.shift();
    sent = queued ?? field.value;
    if (queued === undefined) put("");
  });
  form?.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (target !== form || sent === null) return;
    if (!detail.successful) return giveBack();
    if (following.length) setTimeout(follow);
    else sent = null;
    isNear = true;
    toEnd();
  });
  function giveBack() {
    const lines = [sent, ...following.splice(0), field.value];
    sent = null;
    put(lines.filter(Boolean).join("\n"));
  }
  form?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });
  toEnd();
})();
