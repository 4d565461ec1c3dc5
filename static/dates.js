/* Browsers show dates and times of fields in their own format: beside each stands the same as the page writes it. */
(() => {
  "use strict";
  const { lang } = document.documentElement;
  const ours = lang === "en" ? "en-GB" : live.language; // the day first, as the pages write it
  const format = new Intl.DateTimeFormat(ours, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

  function words({ type, value }) {
    const [day, clock] = type === "time" ? ["", value] : value.split("T");
    if (!clock) return "";
    const date = new Date(`${day || "2000-01-01"}T00:00Z`);
    if (Number.isNaN(date.getTime())) return "";
    return `${day && `${format.format(date)} `}${clock.slice(0, 5)}`;
  }
  function show(field) {
    let note = field.nextElementSibling;
    if (!note?.matches("[data-written]")) {
      note = document.createElement("span");
      note.className = "soft";
      note.dataset.written = "";
      note.ariaHidden = "true"; // the field itself says it
      field.after(note);
    }
    note.textContent = words(field);
  }
  const FIELDS = "input[type=datetime-local], input[type=time]";
  document.addEventListener("input", ({ target }) => {
    if (target.matches(FIELDS)) show(target);
  });
  document.addEventListener("htmx:load", ({ target }) => target.querySelectorAll(FIELDS).forEach(show));
  document.querySelectorAll(FIELDS).forEach(show);
})();
