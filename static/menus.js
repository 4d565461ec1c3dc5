/* A menu ([data-menu]): one at a time, closed by Escape, by a press elsewhere, and when
   something in it was done. */
(() => {
  "use strict";
  const menus = () => document.querySelectorAll("[data-menu][open]");
  function close(menu, isByKey) {
    menu.open = false;
    if (isByKey) menu.querySelector("summary").focus();
  }
  /* What there is around the sessions is asked for once somebody is about to open the menu: no page waits for it. */
  async function fill(place) {
    const { places } = place.dataset;
    delete place.dataset.places;
    const answer = await fetch(places).catch(() => null);
    if (answer?.ok) place.innerHTML = await answer.text();
    else place.dataset.places = places;
  }
  const look = ({ target }) => {
    const place = target.closest?.("[data-menu]")?.querySelector("[data-places]");
    if (place) fill(place);
  };
  for (const event of ["pointerover", "pointerdown", "focusin", "click"]) document.addEventListener(event, look);

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
})();
