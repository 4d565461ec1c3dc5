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

  /* Chosen here: it is kept with the participant, for their other devices. */
  function choose(isOn) {
    keep(isOn);
    if (document.body.dataset.participant) send(box.dataset.read, isOn ? { on: "1" } : {});
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
    if (translation && "in_my_language" in translation) keep(translation.in_my_language);
  });
  addEventListener("storage", ({ key }) => key === KEY && show(chosen()));
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-original]");
    if (!button) return;
    const isShown = button.closest(".translated, [data-translated]").toggleAttribute("data-with-original");
    button.setAttribute("aria-pressed", String(isShown));
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
