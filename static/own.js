/* Whose page it is: what is a person's own stands at the end of a page that is the same for others. */
(() => {
  "use strict";
  const own = JSON.parse(document.getElementById("own")?.textContent || "{}");
  document.body.dataset.participant = own.participant ?? "";
  document.body.dataset.zone = own.zone || "";

  /* Elements that say data-own="name" show it, those of templates too. */
  function fill(root) {
    for (const element of root.querySelectorAll("[data-own]")) element.textContent = own[element.dataset.own] || "";
    for (const template of root.querySelectorAll("template")) fill(template.content);
  }
  fill(document);

  /* The token against forged requests is in a cookie, not in the page: the page would carry it to others. */
  const token = () => document.cookie.match(/(?:^|;\s*)csrftoken=([^;]*)/)?.[1] || "";
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    detail.headers["X-CSRFToken"] = token();
  });
  function protect(form) {
    if (form.method !== "post" || form.elements.csrfmiddlewaretoken || !token()) return;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "csrfmiddlewaretoken", value: token() });
    form.append(field);
  }
  document.querySelectorAll("form").forEach(protect);
  document.addEventListener("submit", ({ target }) => protect(target));
  window.own = { token };
})();
