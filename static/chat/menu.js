/* What one can do with a message: one menu for all of them, so that a message stays small. Reactions beside it. */
(() => {
  "use strict";
  const panel = document.querySelector("[data-chat]");
  if (!panel) return;
  const menu = panel.querySelector(".message-menu");
  const said = menu.querySelector(".menu-said");
  const me = () => document.body.dataset.participant;
  const reacted = new Map(); // id of a message -> emoji that are mine
  let message = null; // the one that the menu is about
  const idOf = (element) => element.id.slice("message-".length);

  panel.addEventListener("click", ({ target }) => {
    const opener = target.closest(".message-more");
    if (opener) return open(opener.closest(".message"));
    const reaction = target.closest(".reactions .reaction");
    if (reaction) return react(idOf(reaction.closest(".message")), reaction.dataset.emoji);
    const quote = target.closest("[data-quote], [data-goto]");
    if (quote) return go(quote);
    target.closest("[data-close]")?.closest(".chat-notice")?.remove();
  });
  function go(link) {
    const id = link.dataset.quote || link.dataset.goto;
    const seq = link.dataset.gotoSeq || 1;
    document.getElementById("chat-found").replaceChildren();
    panel.querySelector(".chat-tools").open = false;
    link.closest(".chat-notice")?.remove();
    if (link.dataset.goto || document.getElementById(`message-${id}`)) chatList.show(id, seq);
  }

  function open(element) {
    message = element;
    const isMine = element.dataset.author === me();
    menu.querySelector("#message-menu-title").textContent = element.querySelector(".message-head strong").textContent;
    for (const part of menu.querySelectorAll("[data-of]")) part.hidden = (part.dataset.of === "mine") !== isMine;
    for (const button of menu.querySelectorAll(".reaction")) press(button, idOf(element));
    said.textContent = "";
    menu.querySelector(".menu-mute")?.replaceChildren();
    menu.showModal();
  }
  menu.addEventListener("click", (event) => {
    if (event.target === menu || event.target.closest("button[data-close]")) return menu.close(); // beside it
    const reaction = event.target.closest(".menu-reactions .reaction");
    if (reaction) {
      react(idOf(message), reaction.dataset.emoji);
      return menu.close();
    }
    const act = event.target.closest("button[data-act]")?.dataset.act;
    if (act) acts[act]();
  });
  menu.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.act) return;
    event.preventDefault();
    event.stopPropagation();
    if (!(await post(form.dataset.act, { reason: form.elements.reason.value }))) return;
    if (form.dataset.act === "report") said.textContent = said.dataset.reported;
    else menu.close();
  });
  const acts = {
    reply() {
      menu.close();
      chatCompose.begin("reply", message);
    },
    edit() {
      menu.close();
      chatCompose.begin("edit", message);
    },
    withdraw: () => closing(post("withdraw")),
    pin: () => closing(post("pin", { on: "1" })),
    mute: () =>
      htmx.ajax("GET", `/chat/${idOf(message)}/mute/`, { source: menu, target: ".menu-mute", swap: "innerHTML" }),
  };
  const closing = async (done) => (await done) && menu.close();
  async function post(act, data = {}) {
    const headers = { "HX-Request": "true", "X-CSRFToken": own.token() };
    const request = { method: "POST", headers, body: new URLSearchParams(data) };
    const answer = await fetch(`/chat/${idOf(message)}/${act}/`, request).catch(() => null);
    if (answer?.ok) return true;
    live.complain(answer ? live.refusal(await answer.text()) : document.getElementById("toast").dataset.offline);
    menu.close();
    return false;
  }

  /* --- reactions: what is pushed to everybody does not know which are mine --- */
  function press(button, id) {
    button.setAttribute("aria-pressed", Boolean(reacted.get(id)?.has(button.dataset.emoji)));
  }
  function mark(root) {
    for (const list of root.querySelectorAll(".reactions")) markIn(list);
  }
  function markIn(list) {
    const id = list.id.slice("reactions-".length);
    if (reacted.has(id)) for (const button of list.children) press(button, id);
  }
  function keep(id, emoji, on) {
    if (!reacted.has(id)) reacted.set(id, new Set());
    on ? reacted.get(id).add(emoji) : reacted.get(id).delete(emoji);
    const list = document.getElementById(`reactions-${id}`);
    if (list) markIn(list);
  }
  async function react(id, emoji) {
    if (!me()) return;
    const on = !reacted.get(id)?.has(emoji);
    keep(id, emoji, on);
    const reply = await live.say("chat.react", { message: id, emoji, on }).catch(() => ({ status: 503 }));
    if (reply.status < 300) return live.tellOwn("reaction", { id, emoji, on });
    if (reply.status !== 503) {
      keep(id, emoji, !on);
      return live.complain(reply.html);
    }
    const body = new URLSearchParams({ emoji, on: on ? "1" : "0" });
    const headers = { "HX-Request": "true", "X-CSRFToken": own.token() };
    const answer = await fetch(`/chat/${id}/react/`, { method: "POST", headers, body }).catch(() => null);
    if (!answer?.ok) keep(id, emoji, !on);
  }
  document.addEventListener("live:own:reaction", ({ detail: { id, emoji, on } }) => keep(id, emoji, on));
  document.addEventListener("live:own", ({ detail: { chat } }) => {
    if (!chat) return;
    reacted.clear();
    for (const [id, emoji] of chat.reacted) keep(id, emoji, true);
  });
  document.addEventListener("live:swapped", ({ detail: element }) => {
    if (element.matches(".reactions")) return markIn(element);
    if (element.matches(".message, #messages")) mark(element);
  });
  panel.addEventListener("htmx:afterSwap", () => mark(panel));
})();
