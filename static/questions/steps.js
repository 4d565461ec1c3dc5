/* Steps of questions on the board: one, many at once, dismissing with a reason, and ten seconds to take it back. */
(() => {
  "use strict";
  if (!window.board) return;
  const { root, focus, neighbour, isShown } = board;
  const UNDO_FOR = 10000; // ms
  const underWay = new Set(); // ids of questions whose step has not been answered yet

  function post(url, values) {
    const source = root.appendChild(document.createElement("span")); // requests of one source wait for each other
    return htmx.ajax("POST", url, { source, swap: "none", values }).finally(() => source.remove());
  }
  function act(card, action) {
    const { question, version, similar } = card.dataset;
    if (action === "dismiss") return ask(card);
    if (action === "merge" && !similar) return card.querySelector("[data-tools]").click();
    if (underWay.has(question)) return;
    underWay.add(question);
    const values = { id: `${question}:${version}`, action };
    if (action === "merge") values.into = similar;
    if (action === "stage") values.on_stage = document.getElementById("next-expected").value;
    post(root.dataset.stepUrl, values).finally(() => underWay.delete(question));
  }
  root.addEventListener("click", ({ target }) => {
    const button = target.closest(".qcard [data-step]");
    if (button) act(button.closest(".qcard"), button.dataset.step);
  });

  /* --- taking back ------------------------------------------------------------------------------------------------ */
  const line = root.querySelector("[data-undo]");
  let offered = [],
    ending;
  const back = root.querySelector("[data-undo-button]");
  function say(words, undo = []) {
    offered = undo;
    back.hidden = !undo.length;
    line.querySelector("[data-undo-words]").textContent = words;
    line.hidden = false;
    clearTimeout(ending);
    ending = setTimeout(end, UNDO_FOR);
  }
  document.addEventListener("questions:stepped", ({ detail: { words, undo } }) => say(words, undo));
  function end() {
    if (line.matches(":hover, :focus-within")) ending = setTimeout(end, 1000);
    else line.hidden = true;
  }
  function undo() {
    if (line.hidden || !offered.length) return say(root.dataset.nothing);
    const hadFocus = line.contains(document.activeElement);
    line.hidden = true;
    if (hadFocus) focus(root.querySelector(".qcard.current") ?? board.listNamed("queue"));
    post(root.dataset.undoUrl, { id: offered });
  }
  back.addEventListener("click", undo);

  /* --- dismissing: the reason is no part of the card, so that no push disturbs it --------------------------- */
  const form = document.getElementById("dismiss");
  const told = form.querySelector("[data-dismiss-told]");
  let asked = null; // { card, list, next, state }
  function ask(card) {
    asked = { card: card.id, list: card.parentElement, next: neighbour(card), state: card.dataset.state };
    form.elements.id.value = `${card.dataset.question}:${card.dataset.version}`;
    form.querySelector("[data-dismiss-text]").textContent = card.querySelector(".qcard-text").textContent;
    told.textContent = "";
    form.hidden = false;
    document.getElementById("dismiss-reason").focus();
    card.scrollIntoView({ block: "nearest" });
  }
  function close() {
    form.hidden = true;
    form.reset();
    const { card, list, next } = asked;
    asked = null;
    const shown = document.getElementById(card);
    focus([shown?.parentElement === list && shown, next, list].find((each) => each && isShown(each)) || list);
  }
  document.addEventListener("live:swapped", ({ detail: card }) => {
    if (asked?.card !== card.id) return;
    form.elements.id.value = `${card.dataset.question}:${card.dataset.version}`;
    if (card.dataset.state === asked.state) return;
    asked.state = card.dataset.state;
    told.textContent = `${told.dataset.moved} ${card.dataset.says}`;
  });
  form.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful && asked && close());
  form.querySelector("[data-dismiss-cancel]").addEventListener("click", close);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) close();
  });

  /* --- several at once -------------------------------------------------------------------------------------------- */
  const bulk = document.getElementById("bulk");
  function choose() {
    const chosen = root.querySelectorAll(".pick input:checked").length;
    bulk.querySelector("[data-chosen]").textContent = chosen;
    bulk.hidden = !chosen;
    const into = gatherer();
    bulk.querySelector("[data-merge-chosen]").hidden = chosen < 2 || !into;
    if (into) bulk.querySelector("[data-gatherer]").textContent = into.querySelector(".qcard-text").textContent;
  }
  /* Merging the chosen: the one that is furthest on gathers the others, the first in its column. */
  function gatherer() {
    const column = ["stage", "queue", "approved", "pending"].find((name) =>
      root.querySelector(`#column-${name} .pick input:checked`),
    );
    return column && root.querySelector(`#column-${column} .pick input:checked`).closest(".qcard");
  }
  root.addEventListener("change", ({ target }) => target.matches(".pick input") && choose());
  document.addEventListener("live:swapped", ({ detail }) => detail.matches(".qcard, .count, #columns") && choose());
  bulk.addEventListener("htmx:afterRequest", () => {
    for (const box of root.querySelectorAll(".pick input:checked")) box.checked = false;
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

  Object.assign(board, { act, say, undo, isAsking: () => !form.hidden });
})();
