/* Sessions that are changed together: how many are chosen, and all of a stage with one press. */
(() => {
  "use strict";
  const form = document.querySelector("[data-choose]");
  if (!form) return;
  const boxes = (part) => [...part.querySelectorAll('[name="of"]')];

  function count() {
    const chosen = boxes(form).filter((box) => box.checked).length;
    const place = form.querySelector("[data-chosen]");
    if (place) place.textContent = chosen ? `(${chosen})` : "";
  }

  for (const button of form.querySelectorAll("[data-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const here = boxes(button.closest("section"));
      const isFull = here.every((box) => box.checked);
      for (const box of here) box.checked = !isFull;
      count();
    });
  }
  form.addEventListener("change", count);
  count();
})();
