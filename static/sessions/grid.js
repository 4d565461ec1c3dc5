/* On wide screens the day also as a grid: stages side by side, hours downwards. It is drawn from the list's rows. */
(() => {
  "use strict";
  const MINUTES = 5; // of a line of the grid
  const HOUR = 3600000;
  const views = document.querySelector("[data-views]");
  const list = () => document.getElementById("list");
  const NAME = "programme-grid";
  let asGrid = matchMedia("(min-width: 64rem)").matches && remembered();

  /* For this tab: who comes back to the page finds the grid again. */
  function remembered() {
    try {
      return sessionStorage.getItem(NAME) === "yes";
    } catch {
      return false; // private mode
    }
  }
  function remember() {
    try {
      sessionStorage.setItem(NAME, asGrid ? "yes" : "no");
    } catch {
      /* private mode: for this page */
    }
  }

  function line(moment, first) {
    return Math.round((moment - first) / (MINUTES * 60000)) + 2; // below the stages' names
  }

  function sessionOf(row) {
    const [start, end] = [row.querySelector("time[data-at]"), row.querySelector(".item-end [data-at]:last-child")];
    return {
      row,
      link: row.querySelector("h3 a"),
      stage: [...row.querySelectorAll(".item-place bdi")].map((name) => name.textContent).join(" · "),
      begins: new Date(start.dateTime).getTime(),
      ends: new Date(end.dataset.at).getTime(),
      time: start.textContent,
    };
  }

  function cell(className, text, column, from, lines) {
    const made = document.createElement(className === "grid-item" ? "a" : "div");
    made.className = className;
    made.textContent = text;
    made.style.gridColumn = column;
    made.style.gridRow = `${from} / span ${lines}`;
    return made;
  }

  /* Stage -> its columns; sessions that would cover each other stand side by side. Each gets its lines and `lane`. */
  function lanesOf(sessions, first) {
    const ends = new Map([...new Set(sessions.map(({ stage }) => stage))].sort().map((stage) => [stage, []]));
    for (const session of sessions.sort((one, other) => one.begins - other.begins)) {
      session.from = line(session.begins, first);
      session.to = Math.max(session.from + 1, line(session.ends, first)); // the shortest has a line too
      const lanes = ends.get(session.stage);
      const free = lanes.findIndex((end) => end <= session.from);
      session.lane = free < 0 ? lanes.length : free;
      lanes[session.lane] = session.to;
    }
    return ends;
  }

  function drawn(sessions) {
    const grid = document.createElement("div");
    grid.className = "grid";
    const first = Math.floor(Math.min(...sessions.map(({ begins }) => begins)) / HOUR) * HOUR;
    const last = Math.max(...sessions.map(({ ends }) => ends));
    const firstColumns = new Map();
    let column = 2;
    grid.append(cell("grid-stage", "", 1, 1, 1));
    for (const [stage, lanes] of lanesOf(sessions, first)) {
      grid.append(cell("grid-stage", stage, `${column} / span ${lanes.length}`, 1, 1));
      firstColumns.set(stage, column);
      column += lanes.length;
    }
    grid.style.gridTemplateColumns = `4rem repeat(${column - 2}, minmax(11rem, 1fr))`;
    grid.style.minInlineSize = `${4 + 11.25 * (column - 2)}rem`;
    grid.style.gridTemplateRows = `auto repeat(${line(last, first) - 2}, 0.75rem)`;
    for (let moment = first; moment < last; moment += HOUR) grid.append(hourAt(moment, first));
    for (const session of sessions) grid.append(itemOf(session, firstColumns.get(session.stage)));
    return grid;
  }

  function hourAt(moment, first) {
    const label = cell("grid-hour", "", 1, line(moment, first), HOUR / MINUTES / 60000);
    label.dataset.at = new Date(moment).toISOString();
    return label;
  }

  function itemOf({ row, link, time, from, to, lane }, column) {
    const made = cell("grid-item", link.textContent, column + lane, from, to - from);
    made.classList.add(...[...row.classList].filter((name) => name.startsWith("item-")));
    made.href = link.getAttribute("href");
    made.dir = "auto";
    made.title = `${time} ${link.textContent}`;
    return made;
  }

  /* All of the day is asked for once, then the grid is drawn. */
  async function show() {
    list().classList.toggle("as-grid", asGrid);
    list().querySelector(".grid-scroll")?.remove();
    if (!asGrid) return;
    const address = new URL(location.href);
    address.searchParams.set("part", "day");
    const answer = await fetch(address);
    if (!answer.ok || !asGrid) return;
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    const sessions = [...template.content.querySelectorAll(".item")].map(sessionOf);
    if (!sessions.length) return;
    const scroll = document.createElement("div");
    scroll.className = "grid-scroll";
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", views.dataset.grid);
    scroll.append(drawn(sessions));
    list().append(scroll);
    openAtNow(scroll);
    document.dispatchEvent(new CustomEvent("live:swapped", { detail: scroll }));
  }

  function openAtNow(scroll) {
    const hours = [...scroll.querySelectorAll(".grid-hour")];
    const hour = hours.findLast(({ dataset }) => new Date(dataset.at) <= live.now());
    scroll.scrollTop = hour ? hour.offsetTop - scroll.querySelector(".grid-stage").offsetHeight : 0;
  }

  function button(label, value) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "facet";
    made.textContent = label;
    made.setAttribute("aria-pressed", String(value === asGrid));
    made.addEventListener("click", () => {
      asGrid = value;
      remember();
      for (const each of views.children) each.setAttribute("aria-pressed", String(each === made));
      show();
    });
    return made;
  }

  views.append(button(views.dataset.list, false), button(views.dataset.grid, true));
  views.hidden = false;
  if (asGrid) show();
  document.addEventListener("htmx:load", ({ target }) => target.id === "list" && asGrid && show());
})();
