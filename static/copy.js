/* What people must carry elsewhere is copied by a button; where a browser does not let us, it is selected for them. */
(() => {
  "use strict";
  function select(shown) {
    shown.hidden = false; // an address that is only copied is shown where it has to be selected
    if (shown.select) {
      shown.focus();
      shown.select();
    } else getSelection().selectAllChildren(shown);
  }
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-copy]");
    if (!button) return;
    const box = button.closest(".copied");
    const shown = box.querySelector("[data-copied]");
    const note = box.querySelector("[data-copy-note]");
    let { done } = button.dataset;
    try {
      await navigator.clipboard.writeText(shown.value ?? shown.textContent.trim());
    } catch {
      select(shown);
      done = button.dataset.byHand;
    }
    note.textContent = done;
    clearTimeout(note.timer);
    note.timer = setTimeout(() => note.replaceChildren(), 5000);
  });
})();
