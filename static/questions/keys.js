/* The keys of the board. They act while a card, or a list that has none, has the focus; and they can be
   switched off. */
(() => {
  "use strict";
  if (!window.board) return;
  const { root, cards, focused, focus, isShown, listNamed } = board;
  const STEPS = {
    a: "approve",
    q: "queue",
    s: "stage",
    w: "answer",
    p: "skip",
    b: "requeue",
    t: "unqueue",
    d: "dismiss",
    m: "merge",
    r: "reopen",
  };
  const ROUND = [["pending"], ["approved"], ["stage", "queue"], ["done"], ["aside"]]; // what the arrows go through

  /* --- on or off -------------------------------------------------------------------------------------------------- */
  const box = root.querySelector("[data-keys-on]");
  const kept = {
    get: () => {
      try {
        return localStorage.getItem("board-keys") !== "off";
      } catch {
        return true; // private mode
      }
    },
    set: (isOn) => {
      try {
        localStorage.setItem("board-keys", isOn ? "on" : "off");
      } catch {
        /* private mode */
      }
    },
  };
  box.checked = kept.get();
  const show = () => root.classList.toggle("no-keys", !box.checked);
  box.addEventListener("change", () => {
    kept.set(box.checked);
    show();
  });
  show();

  /* --- what they do ----------------------------------------------------------------------------------------------- */
  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const list = event.target.closest(".board [data-cards]");
    if (!list || board.isAsking() || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (done(live.typed(event), event, list)) event.preventDefault();
  });
  /* Whether the key is one of the board's. */
  function done(key, event, list) {
    const card = focused();
    if (key === "n") root.querySelector("[data-next]").click();
    else if (key === "/") document.getElementById("search-q").focus();
    else if (key === "?") open("keys-drawer");
    else if (key === "h") open("hall-drawer");
    else if (event.shiftKey && (key === "arrowup" || key === "arrowdown"))
      card?.querySelector(`[data-by="${key === "arrowup" ? -1 : 1}"]`)?.click();
    else if (key === "j" || key === "arrowdown") walk(list, 1);
    else if (key === "k" || key === "arrowup") walk(list, -1);
    else if (key === "arrowleft" || key === "arrowright") cross(list, key === "arrowright");
    else if (key === "x") card?.querySelector(".pick input").click();
    else if (key === "e") card?.querySelector("[data-tools]").click();
    else if (key === "u") board.undo();
    else if (STEPS[key]) take(card, STEPS[key]);
    else return false;
    return true;
  }
  function take(card, action) {
    if (!card) return;
    if (card.querySelector(`[data-step="${action}"]`) || action === "merge") return board.act(card, action);
    const keys = [...card.querySelectorAll("[data-step][aria-keyshortcuts]")];
    const can = keys.map((button) => `${button.getAttribute("aria-keyshortcuts")} ${button.textContent.trim()}`);
    board.say(`${root.dataset.here} ${can.join(" · ")}`);
  }
  const open = (name) => root.querySelector(`[data-opens="${name}"]`).click();

  const group = (list) => ROUND.find((names) => names.includes(list.dataset.cards));
  const inGroup = (names) => names.flatMap((name) => cards(listNamed(name))).filter((card) => !card.hidden);
  function walk(list, step) {
    const all = inGroup(group(list));
    const at = all.indexOf(focused());
    focus(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]);
  }
  /* To the next list that has cards. */
  function cross(list, isRight) {
    const isForward = isRight !== (document.documentElement.dir === "rtl");
    const at = ROUND.indexOf(group(list));
    const others = isForward ? ROUND.slice(at + 1) : ROUND.slice(0, at).reverse();
    const names = others.find((each) => inGroup(each).length);
    if (!names) return;
    const all = inGroup(names);
    board.open(listNamed(names[0]));
    focus(all.find((card) => card.dataset.state === "queued" && isShown(card)) ?? all[0]);
  }
})();
