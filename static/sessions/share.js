/* Give the address of a session on: by the device's own sheet, else into the clipboard, else shown. */
(() => {
  "use strict";
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-share]");
    if (!button) return;
    const { share: url, title, copied } = button.dataset;
    const note = button.parentElement.querySelector("[role=status]");
    if (navigator.share) return navigator.share({ title, url }).catch(() => {}); // closed without choosing
    try {
      await navigator.clipboard.writeText(url);
      note.textContent = copied;
    } catch {
      note.textContent = url;
    }
  });
})();
