/* Reactions to the talk: taps of a moment go up together; the sums of all come down once a second. */
(() => {
  "use strict";
  const bar = document.querySelector("[data-talk]");
  if (!bar) return;
  const TOGETHER = 400; // ms in which taps are collected
  const MOST = 5; // of one sign in one write, and that rise at once
  const SHOWN = 2500; // ms that a sum stays
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const session = Number(bar.dataset.talk);
  const taps = new Map();
  const buttonOf = (sign) => bar.querySelector(`[data-sign="${sign}"]`);

  bar.addEventListener("click", ({ target }) => {
    const sign = target.closest("[data-sign]")?.dataset.sign;
    if (!sign) return;
    if (!document.body.dataset.participant) return offer();
    if (!taps.size) setTimeout(send, TOGETHER);
    taps.set(sign, Math.min(MOST, (taps.get(sign) || 0) + 1));
    rise(buttonOf(sign), 1);
  });
  function offer() {
    const box = document.getElementById("offer");
    if (!box) return;
    box.hidden = false;
    box.querySelector("a").focus();
  }
  function send() {
    const sent = [...taps];
    taps.clear();
    for (const [sign, times] of sent) say(sign, times);
  }
  async function say(sign, times) {
    const reply = await live.say("reactions.react", { session, sign, times }).catch(() => ({ status: 503 }));
    if (reply.status >= 400 && reply.status !== 503) live.complain(reply.html);
    if (reply.status !== 503) return;
    const headers = { "HX-Request": "true", "X-CSRFToken": own.token() };
    fetch(bar.dataset.react, { method: "POST", headers, body: new URLSearchParams({ sign }) }).catch(() => {});
  }

  document.addEventListener("live:swapped", ({ detail: element }) => {
    if (!element.matches(".talk-sums") || document.hidden) return;
    for (const button of bar.querySelectorAll("[data-sign]")) {
      const count = Number(element.getAttribute(`data-sum-${button.dataset.sign}`));
      if (count) show(button, count);
    }
  });
  function show(button, count) {
    button.querySelector(".talk-count").textContent = count.toLocaleString(live.language);
    clearTimeout(button.calming);
    button.calming = setTimeout(() => button.querySelector(".talk-count").replaceChildren(), SHOWN);
    rise(button, Math.min(MOST, Math.ceil(Math.log2(count + 1))));
  }
  function rise(button, count) {
    if (calm.matches || button.querySelectorAll(".talk-rising").length >= MOST) return;
    for (let number = 0; number < count; number++) {
      const picture = document.createElement("span");
      picture.className = "talk-rising";
      picture.ariaHidden = "true";
      picture.textContent = button.querySelector(".talk-picture").textContent;
      picture.style.insetInlineStart = `${8 + Math.random() * 24}px`;
      picture.style.animationDelay = `${number * 0.12}s`;
      picture.addEventListener("animationend", () => picture.remove());
      button.append(picture);
    }
  }
})();
