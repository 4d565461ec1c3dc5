function measures() {
  // Boxes of the session page's parts that are shown, by selector; the first lines of the abstract as ".lines".
  const parts = [".watch-bar", ".player", ".watch-head h1", ".state", ".when", ".pinned .pin:not([hidden])"];
  parts.push(".tabs", ".questions-bar", ".questions-scroll", ".chat-scroll", ".watch-side", ".watch-stage");
  parts.push(".pin-poll", ".pin-stage", ".prose");
  const boxes = {};
  for (const part of parts) {
    const found = [...document.querySelectorAll(part)].find((element) => element.checkVisibility());
    if (found) boxes[part] = found.getBoundingClientRect().toJSON();
  }
  return boxes;
}
