/* What one writes is about: a message that one answers, one's own that one changes, people that one names; emoji. */
(() => {
  "use strict";
  const panel = document.querySelector("[data-chat]");
  const composer = panel?.querySelector(".composer");
  if (!composer) return;
  const text = composer.elements.text;
  const about = composer.querySelector(".composer-about");
  const names = composer.querySelector(".composer-names");
  const typed = () => text.dispatchEvent(new Event("input"));
  let reply = "", // id of the message that one answers
    edit = null; // { id, version } of the message that one changes
  const named = new Map(); // name -> participant, of those that one has chosen

  /* --- a line above the field says what it is about --- */
  function begin(kind, message) {
    reply = kind === "reply" ? idOf(message) : "";
    edit = kind === "edit" ? { id: idOf(message), version: message.dataset.edition } : null;
    for (const part of about.querySelectorAll("[data-about]")) part.hidden = part.dataset.about !== kind;
    about.querySelector("[data-about-name]").textContent = kind === "reply" ? nameOf(message) : "";
    about.querySelector(".composer-quoted").textContent = textOf(message).slice(0, 120);
    about.hidden = false;
    if (edit) text.value = textOf(message);
    typed();
    text.focus();
  }
  const idOf = (message) => message.id.slice("message-".length);
  const nameOf = (message) => message.querySelector(".message-head strong").textContent;
  const textOf = (message) => message.querySelector(".message-text").textContent;
  function end() {
    if (edit) text.value = "";
    reply = "";
    edit = null;
    about.hidden = true;
    typed();
  }
  about.querySelector("[data-cancel]").addEventListener("click", () => {
    end();
    text.focus();
  });

  /* What goes with the words that are sent now. */
  function taken(words) {
    const mentions = [...named].filter(([name]) => words.includes(`@${name}`)).map(([, participant]) => participant);
    const taken = edit ? { edit } : { reply_to: reply, mentions: mentions.join(",") };
    edit = null;
    end();
    named.clear();
    choose(false);
    return taken;
  }
  /* Words that could not be changed are not lost: they stand in the field again. */
  async function change({ id, version }, words) {
    const body = new URLSearchParams({ text: words, version });
    const answer = await fetch(`/chat/${id}/edit/`, { method: "POST", body, headers: headers() }).catch(() => null);
    if (answer?.ok) return;
    live.complain(answer ? live.refusal(await answer.text()) : document.getElementById("toast").dataset.offline);
    if (text.value) return;
    text.value = words;
    typed();
  }
  const headers = () => ({ "HX-Request": "true", "X-CSRFToken": own.token() });

  /* --- people: after an @ those who have written lately --- */
  const word = () => /(?:^|\s)@([^\s@]{0,30})$/u.exec(text.value.slice(0, text.selectionStart))?.[1];
  function suggest() {
    const begun = word();
    if (begun === undefined) return choose(false);
    const people = new Map();
    for (const message of [...chatList.list().querySelectorAll(".message[data-author]:not(.mine, .removed)")].reverse())
      if (people.size < 6 && nameOf(message).toLowerCase().includes(begun.toLowerCase()))
        people.set(message.dataset.author, nameOf(message));
    names.replaceChildren(...[...people].map(([participant, name]) => option(participant, name)));
    choose(people.size > 0);
  }
  function option(participant, name) {
    const item = document.createElement("li");
    Object.assign(item, { textContent: name, dir: "auto", id: `name-${participant}` });
    item.setAttribute("role", "option");
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      insertName(item);
    });
    return item;
  }
  function choose(open) {
    names.hidden = !open;
    text.removeAttribute("aria-activedescendant");
    if (open) mark(names.firstElementChild);
  }
  function mark(item) {
    for (const each of names.children) each.setAttribute("aria-selected", each === item);
    text.setAttribute("aria-activedescendant", item.id);
  }
  function insertName(item) {
    named.set(item.textContent, item.id.slice("name-".length));
    replace(text.selectionStart - word().length, `${item.textContent} `);
    choose(false);
  }
  function replace(from, words) {
    text.setRangeText(words, from, text.selectionEnd, "end");
    typed();
    text.focus();
  }
  text.setAttribute("aria-controls", names.id);
  text.setAttribute("aria-autocomplete", "list");
  text.addEventListener("input", suggest);
  text.addEventListener("blur", () => choose(false));
  text.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !about.hidden && names.hidden) return end();
    if (names.hidden || event.isComposing) return;
    const marked = names.querySelector("[aria-selected=true]");
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (step) mark(marked[step] || marked);
    else if (event.key === "Enter" || event.key === "Tab") insertName(marked);
    else if (event.key === "Escape") choose(false);
    else return;
    event.preventDefault();
  });

  /* --- emoji --- */
  const opener = composer.querySelector(".emoji-open");
  const emoji = composer.querySelector(".emoji");
  function openEmoji(open) {
    emoji.hidden = !open;
    opener.setAttribute("aria-expanded", open);
    if (open) emoji.firstElementChild.focus();
  }
  opener.addEventListener("click", () => openEmoji(emoji.hidden));
  emoji.addEventListener("click", ({ target }) => {
    if (target.dataset.sign) replace(text.selectionStart, target.dataset.sign);
  });
  emoji.addEventListener("keydown", (event) => {
    const signs = [...emoji.children];
    const at = signs.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
    if (step) signs[at + step]?.focus();
    else if (event.key === "Escape") {
      openEmoji(false);
      text.focus();
    } else return;
    event.preventDefault();
  });
  composer.addEventListener("submit", () => openEmoji(false));

  window.chatCompose = { begin, taken, change, headers };
})();
