/* Takes the token out of the address, so that it stays in no history, and into the form. */
(() => {
  "use strict";
  const { elements } = document.querySelector("[data-first]");
  const token = location.hash.slice(1);
  if (!token) return;
  history.replaceState(null, "", location.pathname);
  elements.token.value = token;
  elements.token.closest(".field").hidden = true;
  elements.name.focus();
})();
