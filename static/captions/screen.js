/* The captions of the stage screen, as large as two rows allow. */
(() => {
  "use strict";
  const SIZES = [48, 44, 40, 36, 32]; // px on 1920 x 1080
  function fit() {
    const band = document.querySelector(".screen-band:not([hidden])");
    for (const size of band ? SIZES : []) {
      band.style.setProperty("--size", size);
      if (band.scrollHeight <= band.clientHeight + 1) return;
    }
  }
  document.addEventListener("live:swapped", ({ detail }) => detail.matches(".screen-band") && fit());
  addEventListener("resize", fit);
  document.fonts.ready.then(fit);
  fit();
})();
