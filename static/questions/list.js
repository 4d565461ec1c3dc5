/* The list of questions: a new order is offered and never forced, and the list is short however many are asked. */
(() => {
  "use strict";
  const panel = document.querySelector("[data-questions]");
  if (!panel) return;
  const MOST = 200; // questions that a list grows to by itself; the others come when they are asked for
  const reorder = panel.querySelector(".reorder");
  const list = () => document.getElementById("questions");
  const questions = () => [...list().querySelectorAll(".question")];
  const votesOf = (item) => Number(item.querySelector(".votes")?.textContent || 0);

  /* --- short: who comes new stands behind the last one, or behind "More questions" -------------------------------- */
  let known, behind; // ids that this list has had; how many have come that it does not show
  function begin() {
    known = new Set(questions().map((item) => item.id));
    behind = 0;
  }
  function take(item) {
    if (known.has(item.id)) return;
    known.add(item.id);
    if (!list().querySelector(".more") && questions().length <= MOST) return;
    item.remove();
    behind++;
    if (!list().querySelector(".more")) offerMore();
  }
  function offerMore() {
    const item = document.getElementById("more-questions").content.firstElementChild.cloneNode(true);
    const address = `${panel.dataset.questions}?sort=${list().dataset.sort}&start=${questions().length}`;
    item.firstElementChild.setAttribute("hx-get", address);
    list().append(item);
    htmx.process(item);
  }
  /* The order may have changed since: what is shown already is not shown again. */
  function join() {
    const seen = new Set();
    for (const item of questions()) {
      seen.has(item.id) ? item.remove() : seen.add(item.id);
      known.add(item.id);
    }
    if (!list().querySelector(".more")) behind = 0;
  }

  /* --- order: offered when it has changed ------------------------------------------------------------------------- */
  const done = (item) => item.matches(".is-answered, .is-skipped, .is-on_stage, .gone");
  function changes() {
    const items = questions().filter((item) => !done(item));
    const newest = list().dataset.sort === "newest";
    const key = newest ? (item) => Date.parse(item.dataset.asked) : votesOf;
    const right = [...items].sort((one, other) => key(other) - key(one));
    return items.filter((item, index) => key(item) !== key(right[index])).length;
  }
  let waiting;
  function compare() {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const count = changes() + behind;
      reorder.disabled = !count;
      const words = count
        ? count === 1
          ? reorder.dataset.one
          : reorder.dataset.many.replace("%n", count)
        : reorder.dataset.none;
      if (reorder.textContent !== words) reorder.textContent = words;
    }, 300);
  }
  function fresh() {
    return htmx.ajax("GET", `${panel.dataset.questions}?sort=${list().dataset.sort}`, {
      source: list(),
      target: "#questions",
      swap: "outerHTML",
    });
  }
  reorder.addEventListener("click", fresh);

  panel.addEventListener("htmx:afterSwap", ({ detail }) => {
    detail.target.id === "questions" ? begin() : join();
    compare();
  });
  document.addEventListener("live:swapped", ({ detail: element }) => {
    if (element.id === "questions") begin();
    if (element.matches(".question") && list().contains(element)) take(element);
    if (element.matches(".question, .votes") || element.id === "questions") compare();
  });
  begin();
  compare();
})();
