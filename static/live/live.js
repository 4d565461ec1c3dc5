/* The browser side of the live engine (docs/protocol.md): one socket, a cursor per room, fragments swapped in by id. */
(() => {
  "use strict";
  const HEARTBEAT = 10000; // ms of silence after which the link counts as dead
  const LONGEST_WAIT = 8000; // ms between two attempts
  const LONGEST_BYE = 30000; // ms of delay that a stopping server may ask for
  const language = `${document.documentElement.lang}-u-nu-latn`; // in all of them the digits that the server writes
  const cursors = JSON.parse(document.getElementById("live-rooms")?.textContent || "{}");
  const presence = {};
  const toast = document.querySelector("[data-live-toast]");
  let socket,
    silence,
    retry,
    attempts = 0,
    delay = null,
    stopped = false,
    wasLost = false;

  function connect() {
    clearTimeout(retry);
    if (stopped || !Object.keys(cursors).length) return;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const mine = new WebSocket(`${scheme}//${location.host}/live/?lang=${document.documentElement.lang}`);
    socket = mine;
    listenForSilence();
    mine.onopen = () => join(Object.keys(cursors));
    mine.onmessage = (message) => mine === socket && receive(JSON.parse(message.data));
    mine.onclose = (close) => mine === socket && closed(close.code);
  }

  function join(keys) {
    const rooms = Object.fromEntries(keys.map((key) => [key, cursors[key]]));
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ join: rooms }));
  }

  function closed(code) {
    clearTimeout(silence);
    document.body.dataset.joined = "no";
    const barred = code === 4403;
    if (barred || code === 4404 || (code >= 4100 && code < 4200)) stopped = true;
    if (!polling || stopped) show(barred ? "barred" : stopped ? "never" : "off"); // else what asking for pages says
    if (barred) document.dispatchEvent(new CustomEvent("live:barred"));
    if (stopped) return;
    if (attempts >= 2) polling ||= setTimeout(poll, 0); // no link comes about: a network lets none through
    const wait = Math.min(LONGEST_WAIT, 500 * 2 ** attempts++);
    retry = setTimeout(connect, delay ?? wait / 2 + Math.random() * wait);
    delay = null;
  }

  function listenForSilence() {
    clearTimeout(silence);
    silence = setTimeout(() => {
      const dead = socket;
      socket = null; // a half-open link may take minutes to close
      dead.close();
      closed(0);
    }, HEARTBEAT);
  }

  /* The server's clock, whatever the device says: of several samples the one that was under way least. */
  const SET_ANEW = 5000; // ms by which the device's own clock was changed meanwhile
  let skew = null;
  const now = () => Date.now() + (skew ?? 0);
  function setClock(moment) {
    const sample = moment - Date.now();
    if (skew !== null && Math.abs(sample - skew) < SET_ANEW && sample <= skew) return;
    skew = sample;
    document.dispatchEvent(new CustomEvent("live:clock"));
  }

  function receive(frame) {
    listenForSilence();
    if (frame.now) setClock(frame.now);
    if (wasLost && document.body.dataset.joined === "yes") {
      show("on"); // the device was offline for a moment that the socket outlived
      recover();
    }
    if (frame.t === "event") {
      if (frame.seq <= cursors[frame.room]) return;
      cursors[frame.room] = frame.seq;
      swap(frame.html);
      document.dispatchEvent(new CustomEvent("live:event", { detail: frame.html })); // also what has no place here
    } else if (frame.t === "joined" && frame.room in cursors) {
      attempts = 0;
      stopPolling();
      document.body.dataset.joined = "yes";
      advance(frame);
      show("on");
      recover();
      document.dispatchEvent(new CustomEvent("live:joined", { detail: frame }));
    } else if (frame.t === "head") advance(frame);
    else if (frame.t === "volatile") swap(frame.html);
    else if (frame.t === "own")
      document.dispatchEvent(new CustomEvent("live:own", { detail: { ...frame.own, elsewhere: frame.elsewhere } }));
    else if (frame.t === "reply") answered(frame);
    else if (frame.t === "presence") follow(frame.counts);
    else if (frame.t === "bye")
      delay = Math.min(frame.delay, LONGEST_BYE); // a stopping server spreads its clients
    else if (frame.t === "snapshot") refresh();
  }

  function advance(frame) {
    if (frame.room in cursors) cursors[frame.room] = Math.max(cursors[frame.room], frame.seq);
  }

  /* Small writes that thousands make at once go up the socket; rejects when there is none or no reply in time. */
  const REPLY_WITHIN = 5000;
  const waiting = new Map();
  const linked = () => socket?.readyState === WebSocket.OPEN && document.body.dataset.joined === "yes";
  function say(kind, data) {
    return new Promise((resolve, reject) => {
      if (!linked()) return reject(new Error("offline"));
      const id = uuid();
      waiting.set(id, resolve);
      setTimeout(() => waiting.delete(id) && reject(new Error("late")), REPLY_WITHIN);
      socket.send(JSON.stringify({ say: kind, id, data }));
    });
  }

  /* Also where the page did not come by TLS, which crypto.randomUUID asks for. */
  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const hex = [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /* The id of what is sent: the same while the same words are tried again, a fresh one for others. */
  function idFor(name, words) {
    let last = null;
    try {
      last = JSON.parse(sessionStorage.getItem(`sent:${name}`));
    } catch {
      /* private mode */
    }
    if (last?.words === words) return last.id;
    const id = uuid();
    keepId(name, { words, id });
    return id;
  }
  function keepId(name, sent) {
    try {
      sent ? sessionStorage.setItem(`sent:${name}`, JSON.stringify(sent)) : sessionStorage.removeItem(`sent:${name}`);
    } catch {
      /* private mode */
    }
  }
  /* Forms that say data-fresh-id send a client_id of this kind; what has arrived is never tried again. */
  document.addEventListener("htmx:configRequest", ({ target, detail: { parameters } }) => {
    if (!target.matches?.("[data-fresh-id]")) return;
    const words = [...parameters.entries()].filter(([key]) => !["client_id", "csrfmiddlewaretoken"].includes(key));
    parameters.set("client_id", idFor(target.getAttribute("action"), JSON.stringify(words)));
  });
  document.addEventListener("htmx:afterRequest", ({ target, detail: { successful } }) => {
    if (successful && target.matches?.("[data-fresh-id]")) keepId(target.getAttribute("action"), null);
  });

  function answered(frame) {
    const resolve = waiting.get(frame.id);
    waiting.delete(frame.id);
    resolve?.(frame);
  }

  /* Follow a room in which nothing is logged, for as long as this connection lasts. */
  function followUnlogged(room) {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ join: { [room]: 0 } }));
  }

  /* Put each top element of a fragment where its id is; new ones go to the end of data-live-into. */
  function swap(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    for (const element of [...template.content.children]) {
      if (element.dataset.liveCue) {
        htmx.trigger(document.body, element.dataset.liveCue);
        continue;
      }
      draw(element);
    }
  }

  function draw(element) {
    const old = document.getElementById(element.id);
    if (old && redraw.waits(old, () => draw(element))) return;
    if (old && isSameVersion(old, element)) return;
    const shown = old ? redraw.put(old, element) : append(element);
    if (!shown) return;
    htmx.process(shown);
    swapped(shown);
  }

  function isSameVersion(old, element) {
    return Boolean(old.dataset.liveVersion) && old.dataset.liveVersion === element.dataset.liveVersion;
  }

  function append(element) {
    const into = element.dataset.liveInto && document.querySelector(element.dataset.liveInto);
    into?.append(element);
    return into && element;
  }

  function swapped(element) {
    showPresence(element);
    document.dispatchEvent(new CustomEvent("live:swapped", { detail: element }));
  }

  function follow(counts) {
    Object.assign(presence, counts);
    showPresence(document);
  }

  function showPresence(root) {
    for (const element of root.querySelectorAll("[data-presence]")) {
      const rooms = element.dataset.presence.split(" ").filter((room) => room in presence);
      if (!rooms.length) continue;
      const count = rooms.reduce((sum, room) => sum + presence[room], 0);
      element.textContent = count.toLocaleString(language);
      const line = element.closest("[data-followers]"); // which says nothing of nobody
      if (line) line.hidden = !count;
    }
  }

  /* Too much was missed: take the live regions from a fresh page, then go on from what that page stands for. */
  let refreshing = false;
  async function refresh() {
    if (refreshing) return; // one page stands for all rooms
    refreshing = true;
    try {
      const response = await fetch(location.href, { cache: "no-store" }); // Back lets even this come from the cache
      if (!response.ok) throw new Error(response.status);
      showAfresh(new DOMParser().parseFromString(await response.text(), "text/html"));
      refreshing = false;
      join(Object.keys(cursors));
    } catch {
      setTimeout(
        () => {
          refreshing = false;
          refresh();
        },
        2000 + Math.random() * 3000,
      );
    }
  }

  function showAfresh(page) {
    const heads = JSON.parse(page.getElementById("live-rooms").textContent);
    for (const fresh of page.querySelectorAll("[id][data-live-refresh]")) {
      const html = fresh.outerHTML;
      if (!document.getElementById(fresh.id) || (polling && shownAfresh.get(fresh.id) === html)) continue;
      shownAfresh.set(fresh.id, html);
      draw(fresh);
    }
    Object.assign(cursors, heads);
  }

  /* Where no websocket gets through, the page asks for itself every few seconds: a copy that many share, and 304 while
     nothing has happened. What is one's own comes from an address of its own. */
  const EVERY = 4000; // ms
  const shownAfresh = new Map(); // id -> what was drawn last, so that nothing is drawn twice
  let polling = null,
    lastPage = "";
  async function poll() {
    try {
      if (!document.hidden) await askForPage();
      if (polling) show("slow");
    } catch {
      if (polling) show("off");
    }
    if (polling) polling = setTimeout(poll, EVERY * (0.75 + Math.random() / 2));
  }
  async function askForPage() {
    const response = await fetch(location.href, { cache: "no-cache" });
    if (!response.ok) throw new Error(response.status);
    const html = await response.text();
    if (!polling || html === lastPage) return;
    lastPage = html;
    showAfresh(new DOMParser().parseFromString(html, "text/html"));
    await askForOwn();
  }
  async function askForOwn() {
    if (!document.body.dataset.participant) return;
    for (const room of Object.keys(cursors)) {
      const response = await fetch(`/people/own/?room=${encodeURIComponent(room)}`, { cache: "no-store" });
      if (response.ok) document.dispatchEvent(new CustomEvent("live:own", { detail: await response.json() }));
    }
  }
  function stopPolling() {
    clearTimeout(polling);
    polling = null;
    lastPage = "";
    shownAfresh.clear();
  }

  function show(state) {
    const box = document.getElementById("live-state");
    if ((state === "on" && !wasLost) || (polling && document.body.dataset.live === state)) return;
    wasLost = state !== "on";
    document.body.dataset.live = state;
    box.textContent = box.dataset[state];
    if (state === "on") setTimeout(() => !wasLost && box.replaceChildren(), 2500);
    if (state === "slow") setTimeout(() => document.body.dataset.live === "slow" && box.replaceChildren(), 8000);
  }

  /* What a person did that did not work is said, wherever it was. */
  function complain(text) {
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(complain.timer);
    complain.timer = setTimeout(() => (toast.hidden = true), 8000);
  }

  /* What failed for want of a connection may be tried again: the complaint has had its time. */
  function recover() {
    if (toast.textContent === toast.dataset.offline) toast.hidden = true;
  }

  htmx.defineExtension("live", {
    isInlineSwap: (style) => style === "keep",
    handleSwap(style, _target, fragment) {
      if (style !== "keep") return false;
      draw(fragment.firstElementChild);
      return true; // processed and told of already
    },
    onEvent(name, event) {
      if (event.target.closest?.("[data-live-quiet]")) return; // its page says it in its own place
      if (name === "htmx:beforeSwap" && event.detail.xhr.status === 409)
        event.detail.shouldSwap = Boolean(event.detail.xhr.getResponseHeader("HX-Reswap")); // a form with both values
      if (name === "htmx:sendError") complain(toast.dataset.offline);
      if (name === "htmx:responseError") complain(refusal(event.detail.xhr.responseText));
    },
  });

  function refusal(html) {
    const found = new DOMParser().parseFromString(html, "text/html").querySelector("[data-live-refusal]");
    return found ? found.textContent.trim() : toast.dataset.generic;
  }

  /* Tell this person's other tabs what was done here: they get "live:own:<kind>". */
  function tellOwn(kind, what) {
    tabs?.postMessage({ kind, what });
  }

  /* The key's letter; on a layout that writes no Latin letters (ф) the one at its place. */
  function typed({ key, code, shiftKey }) {
    const place = /^Key([A-Z])$/.exec(code)?.[1] ?? (code === "Slash" ? (shiftKey ? "?" : "/") : "");
    const latin = /^[\u0020-\u024f]+$/.test(key) && !["Process", "Unidentified"].includes(key); // "Enter" too
    return (latin || !place ? key : place).toLowerCase();
  }

  window.live = { tellOwn, swap, refusal, linked, say, uuid, followUnlogged, complain, now, typed, language };
  addEventListener("online", () => {
    attempts = 0;
    if (socket?.readyState !== WebSocket.OPEN) connect();
  });
  addEventListener("offline", () => show("off"));
  addEventListener("pagehide", () => socket?.close());
  /* A page that comes back, or to which one comes back, knows nothing of what one did elsewhere meanwhile. */
  const ABSENT = 5000; // ms after which somebody has been away
  let hiddenSince = null;
  const cameBack = () => performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const isLive = () => Object.keys(cursors).length > 0;
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) connect();
    if (isLive() && (persisted || cameBack())) refresh();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hiddenSince = Date.now();
    else if (isLive() && hiddenSince && Date.now() - hiddenSince > ABSENT) refresh();
  });
  const tabs = window.BroadcastChannel && new BroadcastChannel(`own:${document.body.dataset.participant}`);
  tabs?.addEventListener("message", ({ data }) =>
    document.dispatchEvent(new CustomEvent(`live:own:${data.kind}`, { detail: data.what })),
  );
  document.addEventListener("DOMContentLoaded", connect); // when the scripts that listen to us are there
})();
