/* The moderators' list and the speaker's page: the order of rows, and the form of a poll that shows
   what its type needs. */
(() => {
  "use strict";
  /* The offer to close one poll for another is over when either has gone on. */
  const offer = () => document.getElementById("poll-offer");
  const withdraw = () => offer().replaceWith(Object.assign(document.createElement("div"), { id: "poll-offer" }));

  document.addEventListener("live:swapped", ({ detail }) => {
    if (offer()?.dataset.about?.split(" ").includes(detail.id)) withdraw();
    if (detail.id !== "polls-order") return;
    const rows = document.getElementById("rows");
    const ids = (detail.dataset.ids || "").split(" ");
    if (rows) redraw.arrange(rows, ids.map((id) => document.getElementById(`row-${id}`)).filter(Boolean));
  });

  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-dismiss]")) withdraw();
  });

  const form = document.querySelector("[data-poll-form]");
  if (!form) return;
  function fit() {
    const type = form.elements.type.value;
    for (const part of form.querySelectorAll("[data-for]"))
      part.hidden = Boolean(type) && !part.dataset.for.split(" ").includes(type);
  }
  form.addEventListener("change", ({ target }) => {
    fit();
    if (target.type === "file") target.parentElement.classList.toggle("has-file", target.files.length > 0);
  });
  fit();
  const add = form.querySelector("[data-add-option]");
  add.hidden = false;
  add.addEventListener("click", () => {
    const rows = form.querySelectorAll(".option-row");
    const number = rows.length;
    if (number >= 20) return;
    const row = rows[number - 1].cloneNode(true);
    row.querySelector("img")?.remove();
    row.querySelector(".has-file")?.classList.remove("has-file");
    for (const field of row.querySelectorAll("input")) {
      field.name = field.name.replace(/-\d+-/, `-${number}-`);
      if (field.type === "checkbox") field.checked = false;
      else field.value = "";
    }
    const text = row.querySelector(".option-text input");
    text.placeholder = text.placeholder.replace(/\d+/, number + 1);
    row.querySelector(".option-text span").textContent = text.placeholder;
    add.before(row);
    text.focus();
  });
})();
