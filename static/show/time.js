/* The time left of a session, by the server's clock; the thresholds of the session turn it amber and red. */
(() => {
  "use strict";
  const two = (number) => String(number).padStart(2, "0");

  function figure(seconds) {
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
  }

  function show(timer) {
    const { phase, until, amber, red } = timer.dataset;
    const left = Math.ceil((Date.parse(until) - live.now()) / 1000);
    const isBeyond = phase === "running" && left < 0;
    const words = timer.querySelector(".left-words");
    set(
      timer.querySelector(".left-figure"),
      phase === "over" ? "" : `${isBeyond ? "+" : ""}${figure(distance(phase, left))}`,
    );
    set(words, words.dataset[isBeyond ? "beyond" : phase]);
    const state = phase !== "running" ? "" : left <= red * 60 ? "red" : left <= amber * 60 ? "amber" : "";
    timer.classList.toggle("amber", state === "amber");
    timer.classList.toggle("red", state === "red");
  }

  /* A start that is late is at zero; an end that is over counts on. */
  const distance = (phase, left) => (phase === "before" ? Math.max(0, left) : Math.abs(left));

  function set(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  const tick = () => document.querySelectorAll("[data-until]").forEach(show);
  document.addEventListener("live:swapped", tick);
  document.addEventListener("live:clock", tick);
  setInterval(tick, 250);
  tick();
})();
