/* What machines have translated is shown in the place of the original, for who wants that. */
(() => {
  "use strict";
  const KEY = "in-my-language";
  const root = document.documentElement;
  const box = document.getElementById("in-my-language");

  function chosen() {
    try {
      return localStorage.getItem(KEY) !== "off";
    } catch {
      return true; // private mode
    }
  }

  function keep(isOn) {
    try {
      isOn ? localStorage.removeItem(KEY) : localStorage.setItem(KEY, "off");
    } catch {
      /* private mode: for this page alone */
    }
    show(isOn);
  }

  /* Chosen here: it is kept with the participant, for their other devices. Until it is, nobody knows better. */
  let underWay = 0;
  async function choose(isOn) {
    keep(isOn);
    if (!document.body.dataset.participant) return;
    underWay += 1;
    await send(box.dataset.read, isOn ? { on: "1" } : {});
    underWay -= 1;
  }
  function send(address, fields) {
    const headers = { "HX-Request": "true", "X-CSRFToken": window.own.token() };
    return fetch(address, { method: "POST", body: new URLSearchParams(fields), headers }).catch(() => {});
  }

  function show(isOn) {
    root.toggleAttribute("data-in-my-language", isOn);
    if (box) box.checked = isOn;
  }

  if (box) {
    box.closest("[hidden]")?.removeAttribute("hidden");
    box.addEventListener("change", () => choose(box.checked));
  }
  document.addEventListener("live:own", ({ detail: { translation } }) => {
    if (!underWay && translation && "in_my_language" in translation) keep(translation.in_my_language);
  });
  addEventListener("storage", ({ key }) => key === KEY && show(chosen()));

  /* The original is one tap away, and stays when the thing is drawn anew. */
  const originals = new Set(); // ids of the things of which it is read
  function withOriginal(thing, isShown) {
    thing.toggleAttribute("data-with-original", isShown);
    thing.querySelector("[data-original]")?.setAttribute("aria-pressed", String(isShown));
  }
  document.addEventListener("click", ({ target }) => {
    const thing = target.closest?.("[data-original]")?.closest(".translated, [data-translated]");
    if (!thing) return;
    const isShown = !thing.hasAttribute("data-with-original");
    isShown ? originals.add(thing.id) : originals.delete(thing.id);
    withOriginal(thing, isShown);
  });
  document.addEventListener("live:swapped", () => {
    for (const thing of [...originals].map((id) => document.getElementById(id))) if (thing) withOriginal(thing, true);
  });
  show(chosen());

  /* What is read of an element that may hold words and what a machine made of them, and whether that is the latter. */
  const madeOf = (element) => element.querySelector(".translated:not([hidden])");
  function isMade(element) {
    const made = madeOf(element);
    return Boolean(made) && root.hasAttribute("data-in-my-language") && !made.closest("[data-with-original]");
  }
  function wordsOf(element) {
    const made = madeOf(element);
    const words = made ? (isMade(element) ? made : made.previousElementSibling) : element;
    return words.textContent.trim();
  }

  /* What is translated on request only: asked for now, and again before the server forgets it (listening.ASKED). */
  const asking = new Map();
  const AGAIN = 150000; // ms
  function ask(of, isWanted) {
    if (Boolean(isWanted) === asking.has(of)) return;
    clearTimeout(asking.get(of));
    asking.delete(of);
    if (isWanted && box) request(of);
  }
  function request(of) {
    send(box.dataset.ask, { of, language: root.lang });
    asking.set(
      of,
      setTimeout(() => request(of), AGAIN * (0.6 + Math.random() * 0.8)),
    );
  }
  window.translation = { wordsOf, isMade, ask };
})();
