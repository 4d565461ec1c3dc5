/* The polls panel: one tap answers, over the socket when there is one; what one has answered or begun outlives every
   push. */
(() => {
  "use strict";

  /* --- countdowns, on every page with a poll ---------------------------------------------------------------------- */
  const panel = document.querySelector("[data-polls]");
  function count() {
    for (const timer of document.querySelectorAll("[data-poll-left]")) {
      const left = Math.max(0, Math.ceil((Date.parse(timer.dataset.pollLeft) - live.now()) / 1000));
      const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      if (timer.textContent !== text) timer.textContent = text;
      timer.classList.toggle("soon", left <= 5);
      timer.closest(".poll")?.classList.toggle("over", left === 0);
    }
  }
  setInterval(count, 250);
  document.addEventListener("live:swapped", count);
  count();
  if (!panel) return;

  /* --- what this device knows of its own answers ------------------------------------------------------------------ */
  const mine = new Map(),
    answered = new Set(), // the same of polls that have no card here
    drafts = new Map(),
    editing = new Set();
  const keyOf = (card) => `${card.dataset.poll}/${card.dataset.round}`;
  const fieldsOf = (form, submitter) => {
    const fields = {};
    const data = new FormData(form, submitter);
    data.delete("csrfmiddlewaretoken");
    for (const name of data.keys()) fields[name] = data.getAll(name);
    return fields;
  };

  function fill(form, fields) {
    const seen = {};
    for (const field of form.elements) {
      if (!field.name || field.type === "hidden" || field.type === "submit") continue;
      const values = fields[field.name] || [];
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else {
        seen[field.name] = (seen[field.name] ?? -1) + 1;
        field.value = values[seen[field.name]] || "";
      }
    }
    const ranking = form.querySelector("[data-ranking]");
    const itemOf = (id) => ranking.querySelector(`[value="${CSS.escape(id)}"]`)?.parentElement;
    if (ranking) redraw.arrange(ranking, (fields.option || []).map(itemOf).filter(Boolean));
  }

  /* The device's secret of anonymous answers: only it can change them, nobody can follow them. */
  function secret() {
    const name = `ballots:${document.body.dataset.participant}`;
    try {
      if (!localStorage.getItem(name)) localStorage.setItem(name, live.uuid());
      return localStorage.getItem(name);
    } catch {
      secret.kept ||= live.uuid();
      return secret.kept;
    }
  }

  /* An anonymous answer is changed by the browser that gave it: only there it is offered. */
  const castName = (key) => `cast:${document.body.dataset.participant}:${key}`;
  const cast = new Set();
  function castHere(key) {
    try {
      return cast.has(key) || Boolean(localStorage.getItem(castName(key)));
    } catch {
      return false;
    }
  }
  function rememberCast(key) {
    cast.add(key);
    try {
      localStorage.setItem(castName(key), "1");
    } catch {
      /* private mode */
    }
  }

  function take(card) {
    const key = keyOf(card),
      form = card.querySelector("[data-ballot]");
    if (card.dataset.mine) mine.set(key, JSON.parse(card.dataset.mine));
    // answered, nobody but oneself knows what
    else if (card.classList.contains("voted") && !mine.has(key)) mine.set(key, null);
    const voted = mine.has(key);
    card.classList.toggle("voted", voted);
    card.classList.toggle("elsewhere", voted && card.hasAttribute("data-anonymous") && !castHere(key));
    card.classList.toggle("editing", voted && editing.has(key));
    const own = mine.get(key) && { ...mine.get(key), confirmed: ["1"] };
    if (form) fill(form, drafts.get(key) || own || {});
    keepResults(card);
    mark(card);
    markLinks();
  }

  /* What stands elsewhere on the page and asks for an answer says that one has given it. */
  function markLinks(root = document) {
    for (const link of root.querySelectorAll('[data-done-key^="polls/"]')) {
      const key = link.dataset.doneKey.slice("polls/".length);
      link.classList.toggle("is-done", mine.has(key) || answered.has(key));
    }
  }
  document.addEventListener("htmx:load", ({ target }) => markLinks(target));

  /* A card comes by the log without results, which follow in a moment: until then the last ones stay, if they may. */
  const results = new Map();
  function keepResults(card) {
    const box = card.querySelector(".results"),
      key = keyOf(card);
    const may = card.dataset.shows === "yes" || (card.dataset.resultsWhen === "voted" && mine.has(key));
    if (box.querySelector(":scope > :not(.later)")) results.set(key, box.innerHTML);
    else if (!may) results.delete(key);
    else if (results.has(key)) box.innerHTML = results.get(key);
    else
      setTimeout(
        () => box.isConnected && !results.has(key) && catchUp(card.dataset.address),
        1500 + Math.random() * 2000,
      );
  }

  /* One's own options in the results. */
  function mark(card) {
    const own = new Set(mine.get(keyOf(card))?.option || []);
    if (card.querySelector("[data-ranking]")) return;
    for (const row of card.querySelectorAll(".bars [data-option]"))
      row.classList.toggle("chosen", own.has(row.dataset.option));
  }

  /* --- answering -------------------------------------------------------------------------------------------------- */
  async function send(form, submitter) {
    const card = form.closest(".poll"),
      key = keyOf(card),
      fields = fieldsOf(form, submitter);
    const wrong = form.querySelector(".ballot-wrong");
    // a double tap, where the first counts
    if (form.hasAttribute("aria-busy") && !card.querySelector("[data-change]")) return;
    wrong.hidden = true;
    drafts.set(key, fields);
    form.setAttribute("aria-busy", "true");
    const sent = card.hasAttribute("data-anonymous") ? { ...fields, secret: [secret()] } : fields;
    const told = await live.say("polls.ballot", { poll: Number(card.dataset.poll), fields: sent }).then(
      (reply) => (reply.status === 503 ? post(form, sent) : reply),
      () => post(form, sent),
    );
    form.removeAttribute("aria-busy");
    const shown = document.getElementById(card.id) || card; // it may have been drawn anew meanwhile
    if (told.status >= 300) return refuse(shown, told.html);
    drafts.delete(key);
    editing.delete(key);
    mine.set(key, fields.abstain ? { abstain: ["1"] } : fields);
    rememberCast(key);
    live.tellOwn("ballot", { key, fields: mine.get(key) });
    delete shown.dataset.mine;
    take(shown);
    if (told.html) live.swap(told.html);
    if (submitter || form.contains(document.activeElement))
      shown.querySelector("[data-change]")?.focus({ preventScroll: true });
  }

  async function post(form, sent) {
    const body = new URLSearchParams();
    for (const [name, values] of Object.entries(sent)) for (const value of values) body.append(name, value);
    const headers = { "HX-Request": "true", "X-CSRFToken": own.token() };
    try {
      const response = await fetch(form.action, { method: "POST", body, headers });
      const html = await response.text();
      return { status: response.status, html: response.ok ? html : live.refusal(html) };
    } catch {
      return { status: 599, html: panel.dataset.failed };
    }
  }

  document.addEventListener("live:own:ballot", ({ detail: { key, fields } }) => {
    const card = [...list().querySelectorAll(".poll")].find((each) => keyOf(each) === key);
    mine.set(key, fields);
    drafts.delete(key);
    markLinks();
    if (!card) return;
    delete card.dataset.mine;
    take(card);
    catchUp(card.dataset.address);
  });

  /* A page that many share does not know what one has answered; nor does this one, what another device has sent. */
  document.addEventListener("live:own", ({ detail: { polls, elsewhere } }) => {
    for (const key of polls?.answered || []) answered.add(key);
    markLinks();
    for (const key of polls?.answered || []) {
      const [poll, round] = key.split("/");
      if (round === "0") document.getElementById(`late-${poll}`)?.classList.add("is-done");
      const card = [...list().querySelectorAll(".poll")].find((each) => keyOf(each) === key);
      if (!card || (mine.has(key) && !(elsewhere && card.dataset.state === "open"))) continue;
      if (!mine.has(key)) mine.set(key, null);
      take(card);
      followResults(card);
      catchUp(card.dataset.address);
    }
  });

  function refuse(card, words) {
    const wrong = card.querySelector(".ballot-wrong");
    if (!wrong) return live.complain(words);
    wrong.textContent = words;
    wrong.hidden = false;
  }

  panel.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-ballot]")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  panel.addEventListener("change", (event) => {
    const form = event.target.closest("[data-ballot]");
    if (!form) return;
    if (form.matches(".ballot-single, .ballot-quiz"))
      form.requestSubmit(); // one tap
    else if (
      form.matches(".ballot-rating") &&
      !form.querySelector("fieldset:not(:has(:checked))") &&
      form.checkValidity()
    )
      form.requestSubmit();
  });
  panel.addEventListener("input", ({ target }) => {
    const form = target.closest("[data-ballot]");
    if (form) drafts.set(keyOf(form.closest(".poll")), fieldsOf(form));
  });
  panel.addEventListener("click", ({ target }) => {
    const card = target.closest(".poll");
    if (target.closest("[data-change]")) {
      editing.add(keyOf(card));
      take(card);
      card.querySelector("[data-ballot] :is(input:not([type=hidden]), textarea, button)")?.focus();
    }
    const rank = target.closest("[data-rank]");
    if (rank) {
      const item = rank.closest("li"),
        other = rank.dataset.rank < 0 ? item.previousElementSibling : item.nextElementSibling;
      if (other) other[rank.dataset.rank < 0 ? "before" : "after"](item);
      rank.focus({ preventScroll: true });
      confirmOrder(item.closest("form"));
      drafts.set(keyOf(card), fieldsOf(item.closest("form")));
    }
  });

  /* Who has moved something has an order of their own: nothing is left to confirm. */
  function confirmOrder(form) {
    form.elements.confirmed.checked = true;
  }

  /* --- what is pushed --------------------------------------------------------------------------------------------- */
  const list = () => document.getElementById("polls");
  document.addEventListener("live:swapped", ({ detail }) => {
    markLinks(detail);
    if (detail.matches(".results")) {
      const card = detail.closest(".poll");
      if (card) {
        keepResults(card);
        mark(card);
      }
      return;
    }
    if (detail.id === "polls") return void detail.querySelectorAll(".poll").forEach(take);
    if (!detail.matches(".poll") || !panel.contains(detail)) return;
    if (detail.dataset.state === "open" && list().firstElementChild !== detail) {
      redraw.move(detail, () => list().prepend(detail));
    }
    take(detail);
    if (detail.dataset.state === "open") say(detail);
  });
  function say(card) {
    const words = `${panel.dataset.opened} ${window.translation.wordsOf(card.querySelector(".poll-question"))}`;
    const news = document.getElementById("poll-news");
    if (news.textContent !== words) news.textContent = words;
  }

  /* After an absence: numbers are not logged, so they are asked for; who has voted may follow results again. */
  let joined = false;
  document.addEventListener("live:joined", ({ detail }) => {
    if (!detail.room.startsWith("session:")) return;
    for (const card of list().querySelectorAll(".poll")) {
      followResults(card);
      if (joined) setTimeout(() => catchUp(card.dataset.address), Math.random() * 3000);
    }
    joined = true;
  });
  function followResults(card) {
    const { state, resultsWhen, roundKey } = card.dataset;
    if (state === "open" && resultsWhen === "voted" && card.classList.contains("voted")) live.followUnlogged(roundKey);
  }
  async function catchUp(address) {
    const response = await fetch(address, { cache: "no-store", headers: { "HX-Request": "true" } }).catch(() => null);
    if (response?.ok) live.swap(await response.text());
  }
  list().querySelectorAll(".poll").forEach(take);
})();
