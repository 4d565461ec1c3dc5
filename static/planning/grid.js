/* Sessions are dragged to another stage or hour of the grid; by keyboard the arrow keys with Alt do the same. */
(() => {
  "use strict";
  const grid = document.querySelector("[data-plan-grid]");
  if (!grid) return;
  let dragged = null;

  for (const item of grid.querySelectorAll("[data-move]")) item.draggable = true;

  grid.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-move]");
    event.dataTransfer.effectAllowed = "move";
  });
  grid.addEventListener("dragend", () => mark(null));
  grid.addEventListener("dragover", (event) => {
    const cell = event.target.closest("td");
    if (!dragged || !cell) return;
    event.preventDefault();
    mark(cell);
  });
  grid.addEventListener("drop", (event) => {
    const cell = event.target.closest("td");
    mark(null);
    if (!dragged || !cell) return;
    event.preventDefault();
    move(dragged, cell);
  });

  function mark(cell) {
    for (const each of grid.querySelectorAll(".plan-over")) each.classList.remove("plan-over");
    cell?.classList.add("plan-over");
  }

  /* The minutes past the hour stay: 10:30 dragged to the row of 14:00 begins at 14:30. It is the form that moves: who
     has not seen where the session is now only gets to see it. */
  async function move(item, cell) {
    const response = await fetch(item.dataset.move);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const form = page.querySelector("form[data-seen]");
    if (form?.dataset.seen !== item.dataset.seen) return location.assign(item.dataset.move);
    const minutes = item.querySelector(".plan-time").textContent.slice(2, 5);
    form.elements.stage.value = cell.dataset.stage;
    form.elements.day.value = grid.dataset.day;
    form.elements.hour.value = cell.dataset.hour.slice(0, 2) + minutes;
    form.hidden = true;
    document.body.append(form);
    form.submit();
  }

  /* The browser goes to the fragment first, which takes the focus away. */
  const target = document.getElementById(location.hash.slice(1));
  window.addEventListener("load", () => setTimeout(() => target?.querySelector("a")?.focus()));

  grid.addEventListener("keydown", (event) => {
    const item = event.target.closest("[data-move]");
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!item || !steps || !event.altKey) return;
    event.preventDefault();
    const cell = item.closest("td");
    const row = cell.parentElement;
    const rows = [...row.parentElement.children];
    const target = rows[rows.indexOf(row) + steps[0]]?.children[cell.cellIndex + steps[1]];
    if (target?.matches("td")) move(item, target);
  });
})();
