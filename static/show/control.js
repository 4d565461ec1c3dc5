/* The control room: rows that need somebody rise while nobody is at them, keys go from row to row, and a row whose
   time has come is drawn anew though nothing happened. */
(() => {
  "use strict";
  const REST = 3000; // ms without pointer and keys after which rows may move
  const LOOK = 60000; // ms between two looks at the whole, whatever was lost on the way
  const list = document.getElementById("stage-rows");
  const dialog = document.getElementById("reshape");
  const rise = document.querySelector("[data-rise]");
  const rows = () => [...list.querySelectorAll("[data-row]")];
  const asked = new Map(); // row -> the moment for which it was asked anew
  let touched = 0;

  const wanted = () =>
    rows().sort((a, b) => b.dataset.urgency - a.dataset.urgency || a.dataset.place - b.dataset.place);
  const isBusy = () => list.matches(":hover, :focus-within") || dialog.open || Date.now() - touched < REST;

  function settle(isPressed = false) {
    const [now, order] = [rows(), wanted()];
    const moving = order.filter(
      (row, place) => row !== now[place] && place < now.indexOf(row) && row.dataset.urgency > 0,
    );
    const isSorted = order.every((row, place) => row === now[place]);
    if (isSorted || (isBusy() && !isPressed)) return tell(isSorted ? 0 : moving.length);
    const focused = document.activeElement;
    list.append(...order);
    if (focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
    tell(0);
  }

  function tell(number) {
    rise.hidden = !number;
    const text = number === 1 ? rise.dataset.one : rise.dataset.many.replace("%n", number);
    if (number && rise.textContent !== text) rise.textContent = text;
  }

  rise.addEventListener("click", () => {
    settle(true);
    scrollTo({ top: 0 });
    rows()[0]?.focus({ preventScroll: true });
  });

  /* Rows that count on by themselves are asked anew when something else is to be said of them. */
  async function lookAtDue() {
    for (const row of rows()) {
      const { due, row: stage } = row.dataset;
      if (!due || asked.get(stage) === due || Date.parse(due) > live.now()) continue;
      asked.set(stage, due);
      const response = await fetch(`/stages/${stage}/row/`, { cache: "no-store" }).catch(() => null);
      if (response?.ok) live.swap(await response.text());
      else setTimeout(() => asked.delete(stage), 5000);
    }
  }

  async function look() {
    if (document.hidden) return;
    const response = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (!response?.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const row of page.querySelectorAll("[data-row]")) live.swap(row.outerHTML);
  }

  const KEYS = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    const step = KEYS[event.key] ?? KEYS[live.typed(event)];
    if (!step) return;
    const all = rows();
    const here = all.indexOf(event.target.closest?.("[data-row]"));
    const row = all[here < 0 ? 0 : here + step];
    if (!row) return;
    event.preventDefault();
    (row.querySelector(".row-offer .button, .row-steps .button") || row).focus();
    row.scrollIntoView({ block: "nearest" });
  });

  /* What is done less often opens before the rows, which go on, and closes when it is done. */
  dialog.addEventListener("htmx:afterSwap", ({ target }) => target === dialog && !dialog.open && dialog.showModal());
  dialog.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.requestConfig.verb !== "post") return;
    if (detail.successful) return dialog.close();
    const words = dialog.querySelector("[data-problem]") ?? document.createElement("p");
    words.className = "refusal";
    words.dataset.problem = "";
    words.setAttribute("role", "alert");
    words.textContent = live.refusal(detail.xhr.responseText ?? "");
    dialog.prepend(words);
  });
  for (const what of ["pointermove", "pointerdown", "keydown"]) {
    list.addEventListener(what, () => (touched = Date.now()), { passive: true });
  }
  document.addEventListener("live:swapped", () => settle());
  document.addEventListener("live:joined", ({ detail }) => detail.room.startsWith("control:") && look());
  setInterval(() => {
    lookAtDue();
    settle();
  }, 1000);
  setInterval(look, LOOK);
})();
