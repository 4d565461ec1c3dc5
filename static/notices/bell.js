/* The bell of a page that many share: how many notices are new comes with the join; what is told meanwhile is added. */
(() => {
  "use strict";
  let unseen = 0;
  const at = new Set(); // sessions that were told of since
  const told = document.createElement("div");
  told.id = "told";
  told.hidden = true;
  document.body.append(told);

  function show() {
    for (const bell of document.querySelectorAll('a[href="/notices/"]')) {
      bell.dataset.label ??= bell.getAttribute("aria-label") || bell.textContent.trim();
      if (unseen) bell.dataset.unseen = unseen > 9 ? "9+" : unseen;
      else delete bell.dataset.unseen;
      bell.setAttribute("aria-label", unseen ? `${bell.dataset.label} (${unseen})` : bell.dataset.label);
    }
  }

  document.addEventListener("live:own", ({ detail }) => {
    if (!detail.notices) return;
    unseen = location.pathname === "/notices/" ? 0 : detail.notices.unseen;
    at.clear();
    show();
  });
  document.addEventListener("agenda:told", ({ detail }) => {
    if (at.has(detail.dataset.told)) return;
    at.add(detail.dataset.told);
    unseen += 1;
    show();
  });
})();
