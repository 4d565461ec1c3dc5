/* The open poll, over every panel: it shows the card of the polls' panel in small, and answers by that card's form. */
(() => {
  "use strict";
  const pin = document.getElementById("pinned-poll");
  const panel = document.querySelector("[data-polls]");
  if (!pin || !panel) return;
  const question = pin.querySelector(".pin-question");
  const choices = pin.querySelector(".pin-choices");
  const made = pin.querySelector(".pin-made");
  const wrong = pin.querySelector(".pin-wrong");
  let card = null,
    shown = "";

  const wordsOf = (element) => window.translation?.wordsOf(element) ?? element.textContent.trim();

  /* What one tap answers: the options of a single choice, the numbers of a scale. */
  function tapped(form) {
    if (form.matches(".ballot-single, .ballot-quiz") || form.querySelectorAll("fieldset").length === 1)
      return [...form.querySelectorAll("input[type=radio]")];
    return [];
  }

  function button(text, className, act) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className, textContent: text, dir: "auto" });
    made.addEventListener("click", act);
    return made;
  }
  function link(text, className, address) {
    return Object.assign(document.createElement("a"), { textContent: text, className, href: address });
  }

  /* The card may have been drawn anew since the button was: the choice is looked up when it is pressed. */
  function answer(index) {
    const input = tapped(card.querySelector("[data-ballot]"))[index];
    if (!input) return;
    input.checked = true;
    input.form.requestSubmit();
  }
  function parts() {
    const form = card.querySelector("[data-ballot]");
    if (!document.body.dataset.participant) {
      const enter = card.querySelector(".ballot-enter a");
      return [link(enter.textContent, "button small", enter.href)];
    }
    if (card.classList.contains("voted") && !card.classList.contains("editing")) {
      const counted = Object.assign(document.createElement("p"), { textContent: pin.dataset.counted });
      counted.className = "pin-counted";
      return [counted, link(pin.dataset.results, "quiet small", "#polls-panel")];
    }
    const inputs = tapped(form);
    if (!inputs.length) return [link(pin.dataset.answer, "button small", "#polls-panel")];
    return inputs.map((input, index) => button(wordsOf(input.parentElement), "pin-choice", () => answer(index)));
  }

  function draw() {
    card = panel.querySelector('.poll[data-state="open"]:not(.over)');
    pin.hidden = !card;
    if (!card) return;
    const refusal = card.querySelector(".ballot-wrong");
    wrong.hidden = !refusal || refusal.hidden;
    wrong.textContent = wrong.hidden ? "" : refusal.textContent;
    question.textContent = wordsOf(card.querySelector(".poll-question"));
    made.hidden = !window.translation?.isMade(card.querySelector(".poll-question"));
    const drawn = parts();
    const now = drawn.map((part) => part.outerHTML).join("") + card.id + card.dataset.round;
    if (now === shown) return; // who is about to press finds the same button
    const hadFocus = choices.contains(document.activeElement);
    shown = now;
    choices.setAttribute("aria-label", question.textContent);
    choices.replaceChildren(...drawn);
    if (hadFocus) choices.querySelector("a, button")?.focus({ preventScroll: true });
  }

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      draw();
    });
  };
  new MutationObserver(soon).observe(panel, {
    subtree: true,
    childList: true,
    attributeFilter: ["class", "hidden", "data-state", "data-with-original"],
  });
  new MutationObserver(soon).observe(document.documentElement, { attributeFilter: ["data-in-my-language"] });
  new MutationObserver(soon).observe(document.body, { attributeFilter: ["data-participant"] });
  draw();
  document.addEventListener("DOMContentLoaded", draw); // when the script that knows translations is there
})();
