/* Times that move by themselves: host cities' clocks, the viewer's own time, countdowns, overrunning. */
(() => {
  "use strict";
  const language = document.documentElement.lang;
  const own = document.body.dataset.zone || undefined; // of the profile; else the device's
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const time = (date, zone = own) =>
    new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(
      date,
    );
  const day = (date, zone = own) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(date);

  function local(root) {
    for (const element of root.querySelectorAll("[data-local]")) {
      const date = new Date(element.dataset.local),
        zone = element.dataset.zone;
      if (time(date) === time(date, zone) && day(date) === day(date, zone)) continue;
      const weekday =
        day(date) === day(date, zone) ? [] : [new Intl.DateTimeFormat(language, { weekday: "short" }).format(date)];
      element.textContent = `(${[...weekday, time(date), element.dataset.label].join(" ")})`;
    }
    for (const element of root.querySelectorAll("[data-time]")) element.textContent = time(new Date(element.dateTime));
  }

  function until(date) {
    const seconds = Math.round((date - Date.now()) / 1000);
    if (seconds <= 0) return "";
    if (seconds < 60) return relative.format(seconds, "second");
    if (seconds < 5400) return relative.format(Math.round(seconds / 60), "minute");
    if (seconds < 129600) return relative.format(Math.round(seconds / 3600), "hour");
    return relative.format(Math.round(seconds / 86400), "day");
  }

  function set(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function tick(root = document) {
    for (const element of root.querySelectorAll("[data-clock]")) set(element, time(new Date(), element.dataset.clock));
    for (const element of root.querySelectorAll("[data-countdown]"))
      set(element, until(new Date(element.dataset.countdown)));
    for (const element of root.querySelectorAll("[data-overrun]"))
      element.hidden = new Date(element.dataset.overrun) > Date.now();
  }

  function refresh(root) {
    const whole = root.parentElement || root;
    local(whole);
    tick(whole);
  }

  document.addEventListener("live:swapped", (event) => refresh(event.detail));
  document.addEventListener("htmx:load", (event) => refresh(event.target));
  refresh(document);
  setInterval(tick, 1000);
})();
