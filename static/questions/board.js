/* The moderators' board: where a card belongs, which one has the focus, what is new. */
(() => {
  "use strict";
  const root = document.querySelector("[data-board]");
  if (!root) return;
  const STROKED = {
    ø: "o",
    ł: "l",
    đ: "d",
    ħ: "h",
    ŧ: "t",
    ı: "i",
    ð: "d",
    æ: "ae",
    œ: "oe",
    þ: "th",
    ß: "ss",
    ς: "σ",
  };
  const listNamed = (name) => document.getElementById(`column-${name}`);
  const cards = (within = root) => [...within.querySelectorAll(".qcard")];
  const focused = () => document.activeElement?.closest(".qcard");
  const known = new Set(cards().map((card) => card.id)); // what this page has shown already
  const pushed = new Set(); // what stands in a list without having come with its portions

  /* --- where a card belongs --------------------------------------------------------------------------------------- */
  document.addEventListener("live:swapped", ({ detail: element }) => {
    if (element.matches(".qcard")) settle(element);
    if (element.matches("#columns, #dock-columns")) afresh();
  });
  function settle(card) {
    const list = listNamed(card.dataset.column);
    const isNew = !known.has(card.id);
    known.add(card.id);
    if (!list) return remove(card);
    if (isNew && card.dataset.state === "pending") announce(card);
    if (isNew || card.parentElement !== list) {
      pushed.add(card.id);
      if (isNew && list.querySelector(".more") && !list.hasAttribute("data-later")) return card.remove(); // behind it
      moveTo(list, card, isNew);
    }
    if (card.dataset.state !== "pending") fresh.delete(card.id);
    card.classList.toggle("current", card.contains(document.activeElement));
    card.classList.toggle("read", card.id === read);
    hide(card, !matches(card));
    fade(card);
    tell();
  }
  function moveTo(list, card, isNew) {
    const hadFocus = card.contains(document.activeElement),
      next = neighbour(card);
    card.querySelector(".pick input").checked = false;
    redraw.move(card, () => {
      if (list.matches("#column-done, #column-aside")) list.prepend(card);
      else list.insertBefore(card, list.querySelector(".more"));
    });
    if (hadFocus && !isNew) focus(next);
  }
  function remove(card) {
    const next = card.contains(document.activeElement) && neighbour(card);
    card.remove();
    if (next) focus(next);
  }
  function hide(card, isHidden) {
    const next = isHidden && card.contains(document.activeElement) && neighbour(card);
    card.hidden = isHidden;
    if (next) focus(next);
  }
  /* Of a whole list that was drawn anew. */
  function afresh() {
    pushed.clear();
    for (const card of cards()) known.add(card.id);
    fade(root);
    tell();
  }
  const SEARCHED = ["pending", "approved", "done", "aside"];
  function matches(card) {
    if (!SEARCHED.includes(card.dataset.column)) return true;
    const { q, label, origin, language } = document.getElementById("search").elements;
    const searched = [...card.querySelectorAll("[data-searched]")]; // what the server looks into, no other's words
    const words = fold(searched.map((each) => each.textContent).join(" "));
    return (
      fold(q.value)
        .split(/\s+/)
        .every((word) => words.includes(word)) &&
      (!label.value || [...card.querySelectorAll(".label")].some((each) => each.textContent === label.value)) &&
      (!language.value || language.value === card.dataset.language) &&
      (!origin.value || (origin.value === "hall") === Boolean(card.querySelector(".hall")))
    );
  }
  /* As the server folds what it searches (common/text.py): nuria finds NÚRIA, but ハ not バ. */
  function fold(text) {
    const bare = text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{Mn}+/gu, "$1");
    return bare
      .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
      .replace(/[øłđħŧıðæœþßς]/g, (letter) => STROKED[letter])
      .normalize("NFKC");
  }
  function fade(within) {
    for (const note of within.querySelectorAll("[data-until]")) {
      const left = () => Date.parse(note.dataset.until) - live.now();
      setTimeout(() => left() <= 0 && note.remove(), Math.max(0, left()));
    }
  }

  /* --- portions: the next cards of a list are those behind what came in its order ---------------------------- */
  root.addEventListener("htmx:configRequest", ({ target, detail: { parameters } }) => {
    if (target.matches(".more a")) {
      const list = target.closest("[data-cards]");
      parameters.set("start", cards(list).filter((card) => !pushed.has(card.id)).length);
    }
    if (target.matches("#search"))
      for (const list of root.querySelectorAll(".triage [data-cards]:not([data-later])"))
        parameters.append("open", list.dataset.cards);
  });
  root.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const link = detail.requestConfig.elt;
    const list = link.matches(".more a") && link.closest("[data-cards]");
    if (!list) return;
    const before = cards(list),
      hadFocus = link === document.activeElement;
    root.addEventListener("htmx:afterSwap", () => join(list, before, hadFocus), { once: true });
  });
  function join(list, before, hadFocus) {
    list.removeAttribute("data-later");
    const ids = new Set(before.map((card) => card.id));
    for (const card of cards(list).filter((each) => !before.includes(each))) {
      if (ids.has(card.id)) card.remove();
      else known.add(card.id);
    }
    for (const card of cards(list)) {
      pushed.delete(card.id);
      for (const twin of cards()) if (twin !== card && twin.id === card.id) card.remove(); // it has gone on meanwhile
    }
    if (hadFocus) focus(cards(list)[before.length] ?? list);
  }
  document.body.addEventListener("htmx:afterSwap", ({ detail }) => detail.target.id === "columns" && afresh());

  /* --- the focus -------------------------------------------------------------------------------------------------- */
  const isShown = (card) => card.checkVisibility();
  /* Whom the focus goes to when a card leaves its list: the next one, the one before, the list itself. */
  function neighbour(card) {
    const list = card.parentElement;
    const others = cards(list).filter((each) => each !== card && !each.hidden);
    const follows = (each) => card.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
    return others.find(follows) ?? others.at(-1) ?? list;
  }
  function mark(card) {
    for (const each of root.querySelectorAll(".qcard.current")) if (each !== card) each.classList.remove("current");
    card?.classList.add("current");
  }
  /* The card that is read: it shows its whole text. A press of the mouse moves nothing under the pointer. */
  let read = "";
  function unfold(card) {
    read = card?.id ?? "";
    for (const each of root.querySelectorAll(".qcard.read")) if (each !== card) each.classList.remove("read");
    card?.classList.add("read");
  }
  let byKeys = false;
  addEventListener("keydown", () => (byKeys = true), true);
  addEventListener("pointerdown", () => (byKeys = false), true);
  const focus = (element) => element?.focus(); // what is in a list that is not open does not take it
  function open(list) {
    const tab = document.getElementById(`tab-${list.dataset.cards}`);
    if (tab) tab.checked = true;
  }
  root.addEventListener("focusin", ({ target }) => {
    const card = target.closest(".qcard");
    if (!card) return;
    mark(card);
    if (byKeys) unfold(card);
    fresh.delete(card.id);
    tell();
  });
  root.addEventListener("click", ({ target }) => {
    const card = !target.closest("button, label, input") && target.closest(".qcard");
    if (card) unfold(card.classList.contains("read") ? null : card);
  });

  /* --- what is new is told quietly, and where the eyes are nothing moves ----------------------------------- */
  const news = root.querySelector("[data-news]");
  const fresh = new Set();
  let telling;
  function announce(card) {
    fresh.add(card.id);
  }
  function tell() {
    clearTimeout(telling);
    telling = setTimeout(() => {
      const words = fresh.size === 1 ? news.dataset.single : news.dataset.many.replace("%n", fresh.size);
      if (news.textContent !== words) news.textContent = words;
      news.hidden = !fresh.size;
    }, 400);
  }
  news.addEventListener("click", () => {
    const first = [...fresh].map((id) => document.getElementById(id)).find(Boolean);
    fresh.clear();
    tell();
    open(listNamed("pending"));
    focus(first ?? listNamed("pending").querySelector(".more a") ?? listNamed("pending"));
  });

  fade(root);
  window.board = { root, cards, focused, focus, neighbour, isShown, listNamed, open };
})();
