/* The form of an entry or a review: what is not saved yet stays on this device, and is sent again until it is. */
(() => {
  "use strict";
  const AGAIN = 5000; // ms
  const form = document.querySelector("[data-award-kept]");
  if (!form) return;
  const key = `award:${form.dataset.awardKept}`;
  const OWN = new Set(["csrfmiddlewaretoken", "mark"]);
  let sent = null; // what is on its way

  const written = () => JSON.stringify([...new FormData(form)].filter(([name]) => !OWN.has(name)));
  const say = (words) => {
    const line = document.querySelector("#award-saved [data-state]");
    if (line) line.textContent = words;
  };
  const words = () => document.getElementById("award-saved").dataset;

  function keep() {
    try {
      localStorage.setItem(key, written());
    } catch {
      // full, or not allowed: the server has what was saved last
    }
  }

  /* What an earlier visit could not save, with the version that it was drawn from: a conflict is found as usual. */
  function restore() {
    const kept = localStorage.getItem(key);
    if (!kept || kept === written()) return;
    const values = new Map(JSON.parse(kept));
    for (const field of form.elements) {
      if (!field.name || OWN.has(field.name)) continue;
      if (field.type === "checkbox") field.checked = values.has(field.name);
      else if (field.type === "radio") field.checked = values.get(field.name) === field.value;
      else if (values.has(field.name)) field.value = values.get(field.name);
    }
    say(words().restored);
    htmx.trigger(form, "awards:again");
  }

  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("htmx:beforeRequest", () => {
    sent = written();
  });
  form.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful && !document.querySelector("#award-saved .award-wrong")) {
      if (localStorage.getItem(key) === sent) localStorage.removeItem(key);
    } else if (!detail.xhr?.status || detail.xhr.status >= 500 || detail.xhr.status === 429) {
      say(words().kept);
      setTimeout(() => htmx.trigger(form, "awards:again"), AGAIN);
    }
  });
  addEventListener("online", () => localStorage.getItem(key) && htmx.trigger(form, "awards:again"));
  addEventListener("DOMContentLoaded", () => setTimeout(restore));
})();
