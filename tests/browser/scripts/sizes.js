() => {
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && getComputedStyle(element).visibility !== "hidden";
  };
  const screen = document.querySelector(".stage-screen");
  const withText = [...screen.querySelectorAll("*")].filter(
    (element) => seen(element) && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()),
  );
  const named = (element) => `${element.className || element.localName}: ${element.textContent.trim().slice(0, 40)}`;
  /* A line's box may be a little higher than its letters. */
  const outside = (element, box) => {
    const own = element.getBoundingClientRect();
    const air = parseFloat(getComputedStyle(element).fontSize) / 3;
    const isAside = own.left < box.left - 1 || own.right > box.right + 1;
    return isAside || own.top < box.top - air || own.bottom > box.bottom + air;
  };
  const main = screen.querySelector(".screen-main");
  const within = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const size = (selector) => {
    const element = screen.querySelector(selector);
    return element ? parseFloat(getComputedStyle(element).fontSize) : null;
  };
  return {
    small: withText.filter((element) => parseFloat(getComputedStyle(element).fontSize) < 32).map(named),
    outside: withText.filter((element) => outside(element, within)).map(named),
    cut: withText
      .filter((element) => main.contains(element) && outside(element, main.getBoundingClientRect()))
      .map(named),
    scrolls: [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight],
    qr: screen.querySelector(".qr").getBoundingClientRect().width,
    code: size(".join-code"),
    address: size(".join-address"),
    text: size(".screen-text"),
    option: size(".screen-options li, .screen-label"),
    columns: getComputedStyle(screen).gridTemplateColumns.split(" ").length,
  };
};
