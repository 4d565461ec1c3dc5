/* The moderators' board: cards move between columns by themselves, keys do everything, the queue is put in order by
   hand. */
(() => {
  "use strict";
  const board = document.querySelector("[data-board]");
  if (!board) return;
  const tools = document.getElementById("tools");
  const bulk = document.getElementById("bulk");
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
  const cards = () => [...board.querySelectorAll(".qcard")];
  const current = () => document.activeElement?.closest(".qcard") || board.querySelector(".qcard.current");

  /* --- where a card belongs --------------------------------------------------------------------------------------- */
  document.addEventListener("live:swapped", ({ detail: element }) => {
    if (element.matches(".qcard")) settle(element);
    if (element.id === "queue-order") order(element.dataset.ids);
    if (element.matches(".qcard, .count")) choose();
  });
  function settle(card) {
    const column = document.getElementById(`column-${card.dataset.column}`);
    if (!column) return card.remove();
    if (card.parentElement !== column) moveTo(column, card);
    card.classList.toggle("current", card.contains(document.activeElement));
    card.hidden = !matches(card);
    fade(card);
  }
  /* Who types in a card stays in it; who only had chosen it goes on to the next one. */
  function moveTo(column, card) {
    const isChosen = card.contains(document.activeElement),
      isTyping = redraw.isTyping(card);
    const neighbour = [card.nextElementSibling, card.previousElementSibling].find((each) => each?.matches(".qcard"));
    card.querySelector(".pick input").checked = false;
    redraw.move(card, () =>
      column.matches("#column-done, #column-aside") ? column.prepend(card) : column.append(card),
    );
    if (isChosen && !isTyping) focus(neighbour || card);
  }
  function order(ids) {
    const column = document.getElementById("column-queue");
    if (document.querySelector(".qcard.dragged")) return;
    const inQueue = ids
      .split(" ")
      .map((id) => document.getElementById(`card-${id}`))
      .filter((card) => card?.parentElement === column);
    redraw.arrange(column, inQueue);
  }
  function matches(card) {
    const { q, label, origin } = document.getElementById("search").elements;
    const searched = [...card.querySelectorAll("[data-searched]")]; // what the server looks into, no other's words
    const words = fold(searched.map((each) => each.textContent).join(" "));
    return (
      fold(q.value)
        .split(/\s+/)
        .every((word) => words.includes(word)) &&
      (!label.value || [...card.querySelectorAll(".label")].some((each) => each.textContent === label.value)) &&
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
  function fade(root) {
    for (const note of root.querySelectorAll("[data-until]")) {
      const left = () => Date.parse(note.dataset.until) - Date.now();
      setTimeout(() => left() <= 0 && note.remove(), Math.max(0, left()));
    }
  }
  fade(board);

  /* --- keys ------------------------------------------------------------------------------------------------------- */
  const STEPS = { a: "approve", q: "queue", s: "stage", w: "answer", u: "undo", d: "dismiss", r: "reopen" };
  document.addEventListener("keydown", (event) => {
    if (
      event.target.closest("input:not([type=checkbox]), textarea, select, dialog[open]") ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return;
    const key = typed(event),
      card = current();
    if (key === "n") press(board.querySelector("[data-next]"));
    else if (key === "/") document.getElementById("search-q").focus();
    else if (key === "j" || key === "k") walk(key === "j" ? 1 : -1);
    else if (key === "x" && card) card.querySelector(".pick input").click();
    else if (key === "e" && card) press(card.querySelector("[data-tools]"));
    else if (event.shiftKey && (key === "arrowup" || key === "arrowdown") && card)
      press(card.querySelector(`[data-by="${key === "arrowup" ? -1 : 1}"]`));
    else if (STEPS[key] && card) press(card.querySelector(`[data-step="${STEPS[key]}"]`));
    else return;
    event.preventDefault();
  });
  /* The key's letter; on a layout that writes no Latin letters (ф) the one at its place. */
  function typed({ key, code }) {
    const place = /^Key([A-Z])$/.exec(code)?.[1] ?? (code === "Slash" ? "/" : "");
    const latin = /^[\u0020-\u024f]+$/.test(key) && !["Process", "Unidentified"].includes(key); // "Enter" too
    return (latin || !place ? key : place).toLowerCase();
  }
  function press(button) {
    if (!button) return;
    button.click();
    if (button.matches("summary")) button.parentElement.querySelector("input[name=reason]")?.focus();
  }
  function walk(step) {
    const all = cards().filter((card) => !card.hidden);
    const at = all.indexOf(current());
    focus(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]);
  }
  function mark(card) {
    for (const each of cards()) each.classList.toggle("current", each === card);
  }
  function focus(card) {
    mark(card);
    card?.focus();
  }
  board.addEventListener("focusin", (event) => {
    const card = event.target.closest(".qcard");
    if (card) mark(card);
  });

  /* --- several at once -------------------------------------------------------------------------------------------- */
  function choose() {
    const chosen = board.querySelectorAll(".pick input:checked").length;
    bulk.querySelector("[data-chosen]").textContent = chosen;
    bulk.hidden = !chosen;
    const into = gatherer();
    bulk.querySelector("[data-merge-chosen]").hidden = chosen < 2 || !into;
    if (into) bulk.querySelector("[data-gatherer]").textContent = into.querySelector(".qcard-text").textContent;
  }
  /* Merging the chosen: the one that is furthest on gathers the others, the first in its column. */
  function gatherer() {
    const column = ["stage", "queue", "approved", "pending"].find((name) =>
      board.querySelector(`#column-${name} .pick input:checked`),
    );
    return column && board.querySelector(`#column-${column} .pick input:checked`).closest(".qcard");
  }
  board.addEventListener("change", (event) => event.target.matches(".pick input") && choose());
  bulk.addEventListener("htmx:afterRequest", () => {
    for (const box of board.querySelectorAll(".pick input:checked")) box.checked = false;
    choose();
  });
  bulk.addEventListener("htmx:configRequest", (event) => {
    const { parameters } = event.detail;
    if (parameters.get("action") !== "merge") return;
    const ids = parameters.getAll("id"),
      into = gatherer()?.dataset.question || "";
    parameters.delete("id");
    for (const id of ids) if (id.split(":")[0] !== into) parameters.append("id", id);
    parameters.set("into", into);
  });
  board.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.triggeringEvent?.submitter?.matches("[data-merge]"))
      event.detail.parameters.set("action", "merge");
  });

  /* --- the queue's order ------------------------------------------------------------------------------------------ */
  const queue = () => [...document.querySelectorAll("#column-queue .qcard")];
  function move(card, place) {
    htmx.ajax("POST", board.dataset.move, { source: card, swap: "none", values: { id: card.dataset.question, place } });
  }
  board.addEventListener("click", (event) => {
    const by = Number(event.target.closest("[data-by]")?.dataset.by);
    const card = event.target.closest(".qcard");
    if (by) move(card, Math.max(0, queue().indexOf(card) + by));
  });
  board.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip) return;
    const card = grip.closest(".qcard");
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    card.classList.add("dragged");
    const drag = (at) => {
      const over = queue().find(
        (each) => each !== card && at.clientY < each.getBoundingClientRect().top + each.offsetHeight / 2,
      );
      const column = document.getElementById("column-queue");
      if (over ? card.nextElementSibling !== over : column.lastElementChild !== card)
        column.insertBefore(card, over || null);
    };
    const drop = () => {
      grip.removeEventListener("pointermove", drag);
      card.classList.remove("dragged");
      move(card, queue().indexOf(card));
    };
    grip.addEventListener("pointermove", drag);
    grip.addEventListener("lostpointercapture", drop, { once: true });
  });

  /* --- how questions are taken: each form comes back saying that it is saved, until it is changed --- */
  board.addEventListener("input", ({ target }) => target.form?.querySelector(".saved")?.replaceChildren());

  /* --- the tools of one question ---------------------------------------------------------------------------------- */
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "tools-body") tools.showModal();
  });
  tools.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful && event.target.matches("[data-closes]")) tools.close();
  });
})();
