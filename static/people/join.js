/* Takes the token of a join link out of the address, so that it stays in no history, and asks what it opens. */
(() => {
  "use strict";
  const token = location.hash.slice(1), form = document.querySelector("[data-join]");
  if (!token || !form) return;
  history.replaceState(null, "", location.pathname);
  form.elements.token.value = token;
  form.querySelector("[data-opening]").hidden = false;
  document.addEventListener("DOMContentLoaded", () => form.requestSubmit()); // when htmx has the form
})();
