/* Takes the token of a join link out of the address, so that it stays in no history, and asks what it opens. */
(() => {
  "use strict";
  const token = location.hash.slice(1),
    place = document.getElementById("join"),
    form = place.querySelector("[data-join]");
  if (!form) return;
  /* Why a link does not open stands where it was asked, not in a passing toast. */
  place.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.serverResponse.includes("data-join")) return;
    detail.shouldSwap = true;
    detail.isError = false;
  });
  if (!token) return;
  const opening = form.querySelector("[data-opening]");
  history.replaceState(null, "", location.pathname);
  form.elements.token.value = token;
  opening.hidden = false;
  form.addEventListener("htmx:afterRequest", () => (opening.hidden = true));
  document.addEventListener("DOMContentLoaded", () => form.requestSubmit()); // when htmx has the form
})();
