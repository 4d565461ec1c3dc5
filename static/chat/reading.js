/* How far one has read, the same on all of one's devices; and how much of it is spoken. */
(() => {
  "use strict";
  const panel = document.querySelector("[data-chat]");
  if (!panel) return;
  const SAID_EVERY = 20_000; // ms between two words to the server while one reads on
  const MANY = 6; // messages within WHILE that nobody can listen to
  const WHILE = 10_000; // ms
  const session = Number(panel.dataset.session);
  const log = panel.querySelector(".chat-scroll");
  const summary = document.getElementById("chat-summary");
  const muted = document.getElementById("chat-muted");
  let read = null, // seq up to which one has read; null: not known yet
    told = 0; // what the server knows of it

  /* --- the line before what is new: it stands until one comes again --- */
  function divide() {
    if (read === null || !read || panel.querySelector(".unread-line")) return;
    const me = document.body.dataset.participant;
    const isNew = (element) => Number(element.dataset.seq) > read && element.dataset.author !== me;
    const first = [...chatList.list().querySelectorAll(".message")].find(isNew);
    if (!first?.previousElementSibling) return;
    const line = document.createElement("li");
    Object.assign(line, { className: "unread-line", textContent: panel.dataset.unread });
    first.before(line);
    chatGroups.around(first); // it has a name of its own below the line
  }
  document.addEventListener("live:own", ({ detail: { chat } }) => {
    if (!chat) return;
    read = Math.max(chat.read, read ?? 0);
    told = Math.max(told, chat.read);
    divide();
    for (const message of chat.named) notice(message);
    if (chat.held && !muted.textContent) muted.textContent = panel.dataset.held;
    see();
  });

  /* Who was named while away is told when coming back; what came live has its notice already. */
  function notice({ id, seq, name, text }) {
    if (document.getElementById(`mention-${id}`)) return;
    const item = document.getElementById("named").content.firstElementChild.cloneNode(true);
    const go = item.querySelector(".notice-go");
    item.id = `mention-${id}`;
    Object.assign(go.dataset, { goto: id, gotoSeq: seq });
    go.querySelector("bdi").textContent = name;
    go.querySelector("[dir=auto]").textContent = text;
    document.getElementById("chat-notices").append(item);
  }

  /* --- seen is what stands at the end of a panel that is shown --- */
  function see() {
    if (document.hidden || !panel.hasAttribute("data-chosen") || !chatList.isFollowing() || read === null) return;
    const seq = Number(chatList.lastSettled()?.dataset.seq) || 0;
    read = Math.max(read, seq);
  }
  function tell() {
    see();
    if (read === null || read <= told || !document.body.dataset.participant) return;
    const seq = read;
    live
      .say("chat.read", { session, seq })
      .then(({ status }) => {
        if (status < 300) told = Math.max(told, seq);
      })
      .catch(() => {});
  }
  setTimeout(
    () => {
      tell();
      setInterval(tell, SAID_EVERY);
    },
    2000 + Math.random() * 3000, // a room of thousands does not say it in one moment
  );
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  addEventListener("pagehide", leave);
  function leave() {
    if (read !== null && read > told) live.say("chat.read", { session, seq: read }).catch(() => {});
    told = Math.max(told, read ?? 0);
  }

  /* --- a screen reader is told every message, or, where there are many, now and then how many --- */
  const times = [];
  let unspoken = 0;
  document.addEventListener("live:swapped", ({ detail: element }) => {
    if (!element.matches(".message") || element.matches(".mine")) return;
    const now = Date.now();
    times.push(now);
    while (times[0] < now - WHILE) times.shift();
    if (times.length > MANY) {
      log.setAttribute("aria-live", "off");
      unspoken++;
    }
  });
  setInterval(() => {
    while (times.length && times[0] < Date.now() - WHILE) times.shift();
    if (unspoken) summary.textContent = words(unspoken);
    if (times.length <= MANY && log.getAttribute("aria-live") === "off") log.setAttribute("aria-live", "polite");
    unspoken = 0;
  }, WHILE);
  function words(count) {
    const { newOne, newMany } = panel.dataset;
    return count === 1 ? newOne : newMany.replace("%n", count.toLocaleString(live.language));
  }
})();
