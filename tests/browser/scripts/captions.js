/* Note how late each caption comes over the picture, in seconds after the picture has reached it. */
() => {
  window.shownAt = [];
  let before = "";
  const look = () => {
    const last = document.querySelector(".caption-box:not([hidden]) > p:last-child")?.textContent ?? "";
    const lines = [...document.querySelectorAll(".caption-line")];
    const line = lines.find(({ textContent }) => textContent.includes(last));
    if (last && last !== before) window.shownAt.push({ last, late: player.date() / 1000 - Number(line.dataset.due) });
    before = last;
    requestAnimationFrame(look);
  };
  look();
};
