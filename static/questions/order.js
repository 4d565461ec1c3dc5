/* The order of the queue, put right by hand. */
(() => {
  "use strict";
  if (!window.board) return;
  const { root, cards, listNamed } = board;
  const list = () => listNamed("queue");

  document.addEventListener("live:swapped", ({ detail }) => detail.id === "queue-order" && arrange(detail.dataset.ids));
  function arrange(ids) {
    if (root.querySelector(".qcard.dragged")) return;
    const cardsInOrder = ids
      .split(" ")
      .map((id) => document.getElementById(`card-${id}`))
      .filter((card) => card?.parentElement === list());
    redraw.arrange(list(), cardsInOrder);
  }
  function move(card, place) {
    const values = { id: card.dataset.question, place };
    htmx.ajax("POST", root.dataset.move, { source: card, swap: "none", values });
  }
  root.addEventListener("click", ({ target }) => {
    const by = Number(target.closest("[data-by]")?.dataset.by);
    const card = target.closest(".qcard");
    if (by) move(card, Math.max(0, cards(list()).indexOf(card) + by));
  });
  root.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip) return;
    const card = grip.closest(".qcard");
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    card.classList.add("dragged");
    const drag = (at) => {
      const over = cards(list()).find(
        (each) => each !== card && at.clientY < each.getBoundingClientRect().top + each.offsetHeight / 2,
      );
      if (over ? card.nextElementSibling !== over : list().lastElementChild !== card)
        list().insertBefore(card, over || null);
    };
    const drop = () => {
      grip.removeEventListener("pointermove", drag);
      card.classList.remove("dragged");
      move(card, cards(list()).indexOf(card));
    };
    grip.addEventListener("pointermove", drag);
    grip.addEventListener("lostpointercapture", drop, { once: true });
  });
})();
