/* Parts that open and close. A menu ([data-menu]): one at a time, closed by Escape, by a press elsewhere, and when
   something in it was done. */
(() => {
  "use strict";
  const menus = () => document.querySelectorAll("[data-menu][open]");
  function close(menu, isByKey) {
    menu.open = false;
    if (isByKey) menu.querySelector("summary").focus();
  }
  document.addEventListener("click", ({ target }) => {
    for (const menu of menus()) if (!menu.contains(target)) close(menu);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const menu of menus()) close(menu, true);
  });
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    const menu = detail.successful && target.closest?.("[data-menu]");
    if (menu) close(menu, true);
  });

  /* Filters ([data-fold]) are open where there is room for them; on a phone they are behind their button. */
  const wide = matchMedia("(min-width: 40.01rem)");
  const unfold = () => {
    if (wide.matches) for (const part of document.querySelectorAll("[data-fold]")) part.open = true;
  };
  wide.addEventListener("change", unfold);
  unfold();
})();
