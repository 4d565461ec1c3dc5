/* What is one's own on pages of the exhibition that many share: it comes with the join. */
(() => {
  "use strict";
  const star = document.getElementById("expo-saved");
  let saved = new Set(); // ids of exhibitors, as they stand in pages

  for (const field of document.querySelectorAll('form:not([data-fresh-id]) [name="client_id"][value=""]'))
    field.value = live.uuid();

  function paint() {
    for (const card of document.querySelectorAll("[data-exhibitor]")) {
      if (!saved.has(card.dataset.exhibitor) || card.querySelector(".expo-saved")) continue;
      card.lastElementChild.append(star.content.cloneNode(true));
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
  async function fill(address) {
    const response = await fetch(address).catch(() => null);
    if (!response?.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const part of page.querySelectorAll("[data-expo-part]")) live.swap(part.outerHTML);
    for (const line of page.querySelectorAll("#stand-lines > li"))
      if (!document.getElementById(line.id)?.matches(".removed")) live.swap(line.outerHTML); // it may be older
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
  });
  document.addEventListener("htmx:load", paint);
})();
