/* What machines have translated is shown in the place of the original, for who wants that in this browser. */
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

  function choose(isOn) {
    try {
      isOn ? localStorage.removeItem(KEY) : localStorage.setItem(KEY, "off");
    } catch {
      /* private mode: for this page alone */
    }
    show(isOn);
  }

  function show(isOn) {
    root.toggleAttribute("data-in-my-language", isOn);
    if (box) box.checked = isOn;
  }

  if (box) {
    box.closest("[hidden]")?.removeAttribute("hidden");
    box.addEventListener("change", () => choose(box.checked));
  }
  addEventListener("storage", ({ key }) => key === KEY && show(chosen()));
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-original]");
    if (!button) return;
    const isShown = button.closest(".translated").toggleAttribute("data-with-original");
    button.setAttribute("aria-pressed", String(isShown));
  });
  show(chosen());
})();
