/* The bookmarks of a page, which many share: what is saved comes with the join. And what begins soon, wherever one is. */
(() => {
  "use strict";
  const SOON = 5 * 60000; // ms before the start in which one is reminded
  const saved = new Set();
  let upcoming = [];
  let known = false;

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
    upcoming = detail.agenda.next;
    paint(document);
    remind();
  });
  document.addEventListener("live:own:agenda", ({ detail }) => set(detail.session, detail.on));
  document.addEventListener("live:swapped", ({ detail }) => {
    paint(detail.parentElement ?? detail);
    const { told, begins } = detail.dataset;
    if (!told) return;
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
  const key = ({ id, begins }) => `reminded:${id}:${begins}`;
  const isClosed = (session) => {
    try {
      return Boolean(sessionStorage.getItem(key(session)));
    } catch {
      return false; // private mode
    }
  };

  function remind() {
    const now = live.now();
    const due = upcoming.find((session) => {
      const left = new Date(session.begins) - now;
      return left <= SOON && left > -SOON && saved.has(session.id) && !isHere(session) && !isClosed(session);
    });
    const text = due && line(due, now);
    if ((box.dataset.text || "") === (text ? due.id + text : "")) return;
    box.dataset.text = text ? due.id + text : "";
    box.replaceChildren(...(due ? drawn(due, text) : []));
  }

  function line(session, now) {
    const minutes = Math.ceil((new Date(session.begins) - now) / 60000);
    return minutes > 0 ? words.startsIn.replace("%n", minutes) : words.startsNow;
  }

  function drawn(session, text) {
    const [said, title, join, close] = ["p", "strong", "a", "button"].map((name) => document.createElement(name));
    title.textContent = session.title;
    title.dir = "auto";
    said.append(title, ` ${text}`);
    Object.assign(join, { className: "button small", href: session.url, textContent: words.join });
    Object.assign(close, { className: "quiet small", type: "button", textContent: words.close });
    close.addEventListener("click", () => {
      try {
        sessionStorage.setItem(key(session), "yes");
      } catch {
        upcoming = upcoming.filter((other) => other !== session);
      }
      remind();
    });
    return [said, join, close];
  }
  setInterval(remind, 5000);
})();
