/* Times that move by themselves: host cities' clocks, the viewer's own time, countdowns, overrunning. */
(() => {
  "use strict";
  const { language } = live;
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const formats = new Map(); // a formatter is dear to make: one for each zone
  /* Formatters of a zone; none for one that this browser does not know: its times stay as the server wrote them. */
  function formatsOf(zone) {
    if (!formats.has(zone)) {
      try {
        formats.set(zone, {
          time: new Intl.DateTimeFormat(language, {
            hour: "2-digit",
            minute: "2-digit",
            hourCycle: "h23",
            timeZone: zone,
          }),
          day: new Intl.DateTimeFormat("en-CA", { timeZone: zone }),
          weekday: new Intl.DateTimeFormat(language, { weekday: "short", timeZone: zone }),
        });
      } catch {
        formats.set(zone, null);
      }
    }
    return formats.get(zone);
  }
  const device = formatsOf(undefined);
  const own = formatsOf(document.body.dataset.zone || undefined) ?? device; // of the profile; else the device's

  function within(root, selector) {
    const found = [...root.querySelectorAll(selector)];
    return root.matches?.(selector) ? [root, ...found] : found;
  }

  function local(root) {
    for (const element of within(root, "[data-local]")) {
      const date = new Date(element.dataset.local);
      const there = formatsOf(element.dataset.zone);
      if (!there || Number.isNaN(date.getTime())) continue;
      const sameDay = own.day.format(date) === there.day.format(date);
      const mine = own.time.format(date);
      if (sameDay && mine === there.time.format(date)) continue;
      const { label, until } = element.dataset;
      const end = until ? `–${own.time.format(new Date(until))}` : "";
      set(element, `(${[...(sameDay ? [] : [own.weekday.format(date)]), mine + end, label].join(" ")})`);
    }
    for (const element of within(root, "[data-at]")) {
      const there = clockOf(element);
      const date = new Date(element.dataset.at || element.dateTime);
      if (there && !Number.isNaN(date.getTime())) set(element, there.time.format(date));
    }
    for (const element of within(root, "[data-time]")) set(element, own.time.format(new Date(element.dateTime)));
  }

  /* One clock for a whole list: its city's, or one's own, as the person has chosen. */
  let isOwnChosen = false;
  const clockOf = (element) =>
    isOwnChosen ? own : formatsOf(element.closest("[data-clock-of]")?.dataset.clockOf) || null;
  document.addEventListener("clock:choose", ({ detail }) => {
    isOwnChosen = detail === "own";
    local(document);
  });

  function until(date) {
    const seconds = Math.round((date - live.now()) / 1000);
    if (seconds <= 0) return "";
    if (seconds < 60) return relative.format(seconds, "second");
    if (seconds < 5400) return relative.format(Math.round(seconds / 60), "minute");
    if (seconds < 129600) return relative.format(Math.round(seconds / 3600), "hour");
    return relative.format(Math.round(seconds / 86400), "day");
  }

  function set(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function tick(root) {
    for (const element of within(root, "[data-clock]")) {
      const there = formatsOf(element.dataset.clock);
      if (there) set(element, there.time.format(live.now()));
    }
    for (const element of within(root, "[data-countdown]")) set(element, until(new Date(element.dataset.countdown)));
    for (const element of within(root, "[data-overrun]"))
      element.hidden = new Date(element.dataset.overrun) > live.now();
  }

  /* What has come anew only: a long list costs nothing with each message. */
  function refresh(root) {
    local(root);
    tick(root);
  }

  document.addEventListener("live:swapped", (event) => refresh(event.detail));
  document.addEventListener("htmx:load", (event) => refresh(event.target));
  document.addEventListener("live:clock", () => tick(document));
  refresh(document);
  setInterval(() => tick(document), 1000);
})();
