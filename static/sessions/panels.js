/* The panels beside the stream, one at a time; a dot tells of news in the others. */
(() => {
  "use strict";
  const side = document.querySelector("[data-panels]");
  if (!side) return;
  const bar = side.querySelector("[role=tablist]");
  const panels = [...side.querySelectorAll(":scope > .panel")];
  const remembered = "panel";

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
    try {
      sessionStorage.setItem(remembered, panel.id);
    } catch {
      /* private mode */
    }
    panel.dispatchEvent(new CustomEvent("panel:shown"));
  }

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
  let first = null;
  try {
    first = sessionStorage.getItem(remembered);
  } catch {
    /* private mode */
  }
  choose(panels.find((panel) => panel.id === (location.hash.slice(1) || first)) || panels[0]);
})();
