/* The bookmarks of a page that many share: what is saved comes with the join. And what begins soon, wherever one is. */
(() => {
  "use strict";
  const SOON = 5 * 60000; // ms before the start in which one is reminded
  const saved = new Set();
  const held = new Set(); // in which one speaks, or which one moderates or is invited to
  let upcoming = [];
  let known = false;
  let news = null; // what was told last of one's own sessions, until it is closed

  function paint(root) {
    for (const button of root.querySelectorAll("[data-save]")) {
      const on = saved.has(Number(button.dataset.save));
      button.setAttribute("aria-pressed", on);
      const words = button.querySelector("span");
      if (!words || !button.dataset.on) continue;
      button.dataset.off ??= words.textContent;
      words.textContent = on ? button.dataset.on : button.dataset.off;
    }
  }

  function set(session, on) {
    if (on) saved.add(session);
    else saved.delete(session);
    paint(document);
  }

  async function byHttp(session, on) {
    const body = new URLSearchParams({ on: on ? "1" : "0" });
    const headers = { "X-CSRFToken": own.token(), "HX-Request": "true" };
    const response = await fetch(`/sessions/${session}/save/`, { method: "POST", body, headers });
    return { status: response.status, text: live.refusal(response.ok ? "" : await response.text()) };
  }

  async function toggle(button) {
    const session = Number(button.dataset.save);
    const on = !saved.has(session);
    set(session, on);
    try {
      const sent = live.linked() ? live.say("agenda.save", { session, on }) : byHttp(session, on);
      const reply = await sent.catch(() => byHttp(session, on));
      if (reply.status >= 300) throw new Error(reply.text || reply.html);
      live.tellOwn("agenda", { session, on });
      document.dispatchEvent(new CustomEvent("agenda:saved", { detail: { session, on } }));
    } catch (error) {
      set(session, !on);
      live.complain(error.message || document.querySelector("[data-live-toast]").dataset.offline);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save]");
    if (!button) return;
    event.preventDefault();
    if (!document.body.dataset.participant) {
      location.href = `/people/enter/?next=${encodeURIComponent(location.pathname + location.search)}`;
      return;
    }
    if (known) toggle(button);
    else button.form?.submit();
  });
  document.addEventListener("live:own", ({ detail }) => {
    if (!detail.agenda) return;
    known = true;
    saved.clear();
    for (const session of detail.agenda.saved) saved.add(session);
    held.clear();
    for (const session of detail.agenda.held) held.add(session);
    upcoming = detail.agenda.next;
    paint(document);
    remind();
  });
  document.addEventListener("live:own:agenda", ({ detail }) => set(detail.session, detail.on));
  document.addEventListener("live:swapped", ({ detail }) => {
    paint(detail.parentElement ?? detail);
    const { told, begins } = detail.dataset;
    if (!told || !(saved.has(Number(told)) || held.has(Number(told)))) return;
    document.dispatchEvent(new CustomEvent("agenda:told", { detail }));
    news = detail;
    for (const session of upcoming) if (session.id === Number(told)) session.begins = begins; // "": it is cancelled
    remind();
  });
  document.addEventListener("htmx:load", ({ detail }) => paint(detail.elt.parentElement ?? detail.elt));

  /* --- what begins soon ------------------------------------------------------------------------------------------- */
  const box = document.createElement("div");
  box.className = "remind";
  box.setAttribute("role", "status");
  document.body.append(box);
  const words = document.body.dataset;
  const isHere = ({ url }) => location.pathname === url;
  const STAYS = 20_000; // ms: it lies over what one watches, and comes once more when the session starts
  const key = ({ id, begins }) => `reminded:${id}:${begins}`;
  const early = (session) => `${key(session)}:early`;
  const closed = new Set(); // where nothing is kept for the tab
  let shown = ""; // what is reminded of
  let since = 0; // performance.now() when it came

  function close(name) {
    closed.add(name);
    try {
      sessionStorage.setItem(name, "yes");
    } catch {} // private mode
  }
  function isClosed(session, now) {
    const keys = new Date(session.begins) > now ? [key(session), early(session)] : [key(session)];
    try {
      return keys.some((each) => closed.has(each) || sessionStorage.getItem(each));
    } catch {
      return keys.some((each) => closed.has(each));
    }
  }
  /* It goes by itself, unless somebody is about to press it. */
  function leave(now) {
    if (!shown || performance.now() - since < STAYS || box.matches(":hover, :focus-within")) return;
    const session = upcoming.find((each) => key(each) === shown);
    if (session) close(new Date(session.begins) > now ? early(session) : key(session));
  }

  function remind() {
    const now = live.now();
    leave(now);
    const due = upcoming.find((session) => {
      const left = new Date(session.begins) - now;
      return left <= SOON && left > -SOON && isMine(session.id) && !isHere(session) && !isClosed(session, now);
    });
    const text = due ? due.id + line(due, now) : news ? news.outerHTML : "";
    if ((box.dataset.text || "") === text) return;
    if (!due || key(due) !== shown) since = performance.now();
    shown = due ? key(due) : "";
    box.dataset.text = text;
    box.replaceChildren(...(due ? soon(due, line(due, now)) : news ? just(news) : []));
  }
  const isMine = (id) => saved.has(id) || held.has(id);

  function line(session, now) {
    const minutes = Math.ceil((new Date(session.begins) - now) / 60000);
    return minutes > 0 ? words.startsIn.replace("%n", minutes) : words.startsNow;
  }

  const made = (name, fields) => Object.assign(document.createElement(name), fields);

  function closing(close) {
    const button = made("button", { className: "quiet small", type: "button", textContent: "✕" });
    button.ariaLabel = words.close;
    button.addEventListener("click", () => {
      close();
      remind();
    });
    return button;
  }

  function soon(session, text) {
    const said = made("p", {});
    said.append(made("strong", { textContent: session.title, dir: "auto" }), ` ${text}`);
    return [
      said,
      made("a", { className: "button small", href: session.url, textContent: words.join }),
      closing(() => close(key(session))),
    ];
  }

  function just(told) {
    const said = made("p", {});
    said.append(...[...told.childNodes].map((node) => node.cloneNode(true)));
    return [said, closing(() => (news = null))];
  }
  setInterval(remind, 5000);
})();
