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
    const isOn = phase === "running" || phase === "paused";
    const left = phase === "paused" ? +timer.dataset.left : Math.ceil((Date.parse(until) - live.now()) / 1000);
    const isBeyond = isOn && left < 0;
    const isDue = phase === "before" && left <= 0; // how late it is stands elsewhere
    const words = timer.querySelector(".left-words");
    set(
      timer.querySelector(".left-figure"),
      phase === "over" || isDue ? "" : `${isBeyond ? "+" : ""}${figure(Math.abs(left))}`,
    );
    set(words, words.dataset[isBeyond ? "beyond" : isDue ? "due" : phase]);
    const state = !isOn ? "" : left <= red * 60 ? "red" : left <= amber * 60 ? "amber" : "";
    timer.classList.toggle("amber", state === "amber");
    timer.classList.toggle("red", state === "red");
  }

  function set(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  /* How late a stage is, as callers read it: + is late. It grows with the clock from a moment on. */
  function showOffset(line) {
    const { offset, grows } = line.dataset;
    const late = +offset + (grows ? Math.max(0, (live.now() - Date.parse(grows)) / 1000) : 0);
    const seconds = Math.abs(Math.round(late));
    const words = line.querySelector(".offset-words");
    const isEven = seconds < 30;
    set(line.querySelector(".offset-figure"), isEven ? "" : `${late > 0 ? "+" : "−"}${figure(seconds)}`);
    set(words, words.dataset[isEven ? "even" : late > 0 ? "late" : "early"]);
    line.classList.toggle("late", late >= LATE);
  }

  const LATE = 180; // seconds from which a delay is worth telling
  function tick() {
    document.querySelectorAll("[data-until]").forEach(show);
    document.querySelectorAll("[data-offset]").forEach(showOffset);
  }
  document.addEventListener("live:swapped", tick);
  document.addEventListener("live:clock", tick);
  setInterval(tick, 250);
  tick();
})();
