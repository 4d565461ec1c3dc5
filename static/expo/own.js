/* What is one's own on pages of the exhibition that many share: it comes with the join. */
(() => {
  "use strict";
  const star = document.getElementById("expo-saved");
  const AGAIN = 4000; // milliseconds until a part that did not come is asked for once more
  let saved = null; // ids of exhibitors, as they stand in pages; null: not known yet

  for (const field of document.querySelectorAll('form:not([data-fresh-id]) [name="client_id"][value=""]'))
    field.value = live.uuid();

  function paint() {
    if (!saved) return;
    for (const card of document.querySelectorAll("[data-exhibitor]")) {
      const mark = card.querySelector(".expo-saved");
      if (!saved.has(card.dataset.exhibitor)) mark?.remove();
      else if (!mark) card.lastElementChild.append(star.content.cloneNode(true));
    }
    for (const stand of document.querySelectorAll(".expo-hall a")) {
      const there = [stand.id.slice(1), ...(stand.dataset.others?.split(" ") ?? [])];
      stand.classList.toggle(
        "is-saved",
        there.some((each) => saved.has(each)),
      );
    }
  }

  /* Parts of the page as they are for this person alone. */
  async function fill(address, again = true) {
    const response = await fetch(address).catch(() => null);
    if (!response?.ok) {
      if (again) setTimeout(fill, AGAIN * (1 + Math.random()), address, false);
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const part of page.querySelectorAll("[data-expo-part]")) live.swap(part.outerHTML);
    for (const line of page.querySelectorAll("#stand-lines > li")) {
      const shown = document.getElementById(line.id); // what was removed meanwhile stays so: this may be older
      if (shown && !shown.matches(".removed")) live.swap(line.outerHTML);
    }
  }

  document.addEventListener("live:own", ({ detail: { expo } }) => {
    if (!expo) return;
    if (expo.saved) {
      saved = new Set(expo.saved.map(String));
      paint();
    }
    const list = document.querySelector("[data-expo-list]");
    const stand = document.querySelector("[data-expo-stand]");
    if (list && expo.list) fill(list.dataset.expoList);
    if (stand && expo.stand) fill(stand.dataset.expoStand);
    else if (stand) for (const button of stand.querySelectorAll("[data-expo-wait]")) button.disabled = false;
  });
  document.addEventListener("htmx:load", paint);
})();
