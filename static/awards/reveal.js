/* A reveal comes after the delay that the call has set. Whose picture is even further behind the stage sees it when the
   picture does: a card that this page has not shown yet waits until the player has reached the moment of its reveal. */
(() => {
  "use strict";
  const LOOK_AGAIN = 250; // milliseconds
  const shown = new Set(); // reveals by their key: what one has seen stays, also after a seek back
  let waiting;

  const isReached = ({ dataset }) => {
    const now = window.player?.date() ?? null;
    return now === null || now >= Date.parse(dataset.staged);
  };

  function look() {
    clearTimeout(waiting);
    let isHeld = false;
    for (const card of document.querySelectorAll("[data-staged]")) {
      const { reveal } = card.dataset;
      if (isReached(card)) shown.add(reveal);
      const holds = !shown.has(reveal);
      if (card.classList.contains("is-held") !== holds) card.classList.toggle("is-held", holds);
      isHeld ||= holds;
    }
    if (isHeld) waiting = setTimeout(look, LOOK_AGAIN);
  }

  // Before the browser draws what has come.
  new MutationObserver(look).observe(document.body, {
    attributeFilter: ["data-staged"],
    childList: true,
    subtree: true,
  });
  look();
})();
