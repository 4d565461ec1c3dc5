function unreachable() {
  // What can be pressed but not by a mouse or finger: clipped, covered or outside, wherever one scrolls.
  const PRESSED = "a[href], button, input:not([type=hidden]), select, textarea, summary, label:has(input)";
  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    !element.matches(":disabled") &&
    !element.closest("[inert]");
  const isHit = (element, x, y) => {
    const hit = document.elementFromPoint(x, y);
    if (!hit) return false;
    return element.contains(hit) || hit.contains(element.closest("label")) || [...(element.labels ?? [])].includes(hit);
  };
  function isHitSomewhere(element) {
    for (const box of element.getClientRects()) {
      if (box.width < 2 || box.height < 2) continue;
      for (const across of [0.5, 0.2, 0.8])
        for (const down of [0.5, 0.2, 0.8])
          if (isHit(element, box.left + box.width * across, box.top + box.height * down)) return true;
    }
    return false;
  }
  function isReached(element) {
    if (isHitSomewhere(element)) return true;
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    return isHitSomewhere(element);
  }
  const isLabelled = (element) => [...(element.labels ?? [])].some((label) => isShown(label) && isReached(label));
  return [...document.querySelectorAll(PRESSED)]
    .filter((element) => !element.matches(".skip") && isShown(element)) // the skip link is for keys
    .filter((element) => !isReached(element) && !isLabelled(element))
    .map((element) => element.outerHTML.slice(0, 160));
}
