/* What opens beside the board: the hall's form, the settings, the keys, and all tools of one question. */
(() => {
  "use strict";
  if (!window.board) return;
  const { root } = board;
  const NOBODY = "00000000-0000-0000-0000-000000000000"; // in addresses, for the question's id

  for (const drawer of root.querySelectorAll("dialog[open]")) {
    drawer.close();
    drawer.showModal();
  }
  root.addEventListener("click", ({ target }) => {
    const opener = target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    const tools = target.closest("[data-tools]");
    if (tools) unfold(tools);
  });
  function unfold(button) {
    const url = root.dataset.cardUrl.replace(NOBODY, button.closest(".qcard").dataset.question);
    htmx.ajax("POST", url, { source: button, target: "#tools-body", swap: "innerHTML" });
  }
  document.body.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
    const tools = document.getElementById("tools");
    if (target.id === "tools-body" && !tools.open) tools.showModal();
  });
  root.addEventListener("htmx:afterRequest", ({ detail: { successful, requestConfig } }) => {
    if (successful && requestConfig.elt.matches("[data-closes]")) root.querySelector("dialog[open]")?.close();
  });
  /* A form that is saved says so until it is changed. */
  root.addEventListener("input", ({ target }) => target.form?.querySelector(".saved")?.replaceChildren());
})();
