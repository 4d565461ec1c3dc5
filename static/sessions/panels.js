/* The panels beside the stream, one at a time or all side by side; a dot tells of news in the others. */
(() => {
  "use strict";
  const side = document.querySelector("[data-panels]");
  if (!side) return;
  const bar = side.querySelector("[role=tablist]");
  const panels = [...side.querySelectorAll(":scope > .panel")];
  const remembered = `panel:${location.pathname}`;
  function keep(name, value) {
    try {
      sessionStorage.setItem(name, value);
    } catch {
      /* private mode */
    }
  }
  function kept(name) {
    try {
      return sessionStorage.getItem(name);
    } catch {
      return null;
    }
  }

  const tabs = panels.map((panel) => {
    const tab = document.createElement("button");
    Object.assign(tab, { type: "button", id: `tab-${panel.id}`, className: "tab", textContent: panel.dataset.tab });
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    tab.addEventListener("click", () => choose(panel));
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    bar.append(tab);
    return tab;
  });

  function choose(panel) {
    panels.forEach((each, index) => {
      const chosen = each === panel;
      each.toggleAttribute("data-chosen", chosen);
      tabs[index].setAttribute("aria-selected", chosen);
      tabs[index].tabIndex = chosen ? 0 : -1;
      if (chosen) tabs[index].classList.remove("news");
    });
    keep(remembered, panel.id);
    panel.dispatchEvent(new CustomEvent("panel:shown"));
  }
  const named = () => panels.find((panel) => panel.id === location.hash.slice(1));
  addEventListener("hashchange", () => named() && choose(named()));
  /* A link to the panel that its address names already changes no hash. */
  side.addEventListener("click", ({ target }) => {
    const panel = panels.find(({ id }) => target.closest("a")?.getAttribute("href") === `#${id}`);
    if (panel) choose(panel);
  });

  /* Who moderates sees all of them at once, on a screen that has the room. */
  const beside = side.querySelector("[data-beside]");
  function spread(on) {
    document.querySelector(".watch").classList.toggle("is-beside", on);
    beside.setAttribute("aria-pressed", on);
    keep("panels:beside", on ? "yes" : "no");
    for (const panel of panels) panel.dispatchEvent(new CustomEvent("panel:shown"));
  }
  beside?.addEventListener("click", () => spread(beside.getAttribute("aria-pressed") !== "true"));

  /* Who is not signed in is offered to enter where participants do something. */
  const offer = side.querySelector("#offer");
  side.addEventListener(
    "submit",
    (event) => {
      if (document.body.dataset.participant || event.target.method === "get") return;
      event.preventDefault();
      event.stopPropagation();
      offer.hidden = false;
      offer.querySelector("a").focus();
    },
    true,
  );
  offer.querySelector("[data-close]").addEventListener("click", () => {
    offer.hidden = true;
  });

  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });
  document.addEventListener("live:swapped", (event) => {
    const index = panels.findIndex((panel) => panel.contains(event.detail));
    if (index >= 0 && !event.detail.matches(".votes, .intake") && !panels[index].hasAttribute("data-chosen"))
      tabs[index].classList.add("news");
  });
  /* Who is shut out while watching: the stream ends, and nothing can be written any more. */
  document.addEventListener("live:barred", () => {
    const note = document.getElementById("barred"),
      writing = side.contains(document.activeElement);
    document.querySelector(".player").replaceChildren();
    side.inert = true;
    note.hidden = false;
    if (writing) note.querySelector("a").focus();
  });
  const status = document.querySelector(".state[data-status]")?.dataset.status ?? "";
  const after = panels.find(
    (panel) => panel.dataset.after?.split(" ").includes(status) && panel.querySelector("ol > li"),
  );
  choose(named() || panels.find(({ id }) => id === kept(remembered)) || after || panels[0]);
  if (beside && kept("panels:beside") === "yes") spread(true);
})();
