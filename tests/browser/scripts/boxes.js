function boxes() {
  // Where the parts of a session's page are on the screen, by selector.
  const box = (selector) => document.querySelector(selector).getBoundingClientRect().toJSON();
  const parts = [".screen", ".watch-line", ".tabs", ".composer"];
  return Object.fromEntries(parts.map((part) => [part, box(part)]));
}
