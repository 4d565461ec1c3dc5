/* What one sends into the chat: it appears at once and is never lost. Its list: list.js. */
(() => {
  "use strict";
  const panel = document.querySelector("[data-chat]");
  if (!panel) return;
  const address = panel.dataset.chat;
  const composer = panel.querySelector(".composer");
  const me = document.body.dataset.participant;
  const { list, toEnd } = chatList;
  const stored = (name, fallback) => {
    try {
      return JSON.parse(localStorage.getItem(name)) ?? fallback;
    } catch {
      return fallback;
    }
  };
  const store = (name, value) => {
    try {
      value === null ? localStorage.removeItem(name) : localStorage.setItem(name, JSON.stringify(value));
    } catch {
      /* private mode */
    }
  };
  const draftName = `draft:${me}:${address}`,
    outboxName = `outbox:${me}:${address}`;
  const outbox = stored(outboxName, {}); // id -> what waits: { text, reply_to, mentions }, refused: why it was refused
  const ECHO_WITHIN = 5000; // ms after the acknowledgement

  document.addEventListener("live:swapped", (event) => {
    const element = event.detail;
    if (element.id === "messages") return arrange();
    if (!element.matches(".message")) return;
    settle(element.id.slice("message-".length));
    chatList.take(element);
  });
  function arrange() {
    for (const id in outbox)
      if (document.getElementById(`message-${id}`)) settle(id);
      else show(id, outbox[id]);
    toEnd();
  }

  /* --- sending ---------------------------------------------------------------------------------------------------- */
  /* Other tabs keep their unsent messages in the same place: touch only this one. */
  function keep(id) {
    const all = stored(outboxName, {});
    if (id in outbox) all[id] = outbox[id];
    else delete all[id];
    store(outboxName, Object.keys(all).length ? all : null);
  }
  function settle(id) {
    if (id in outbox) {
      delete outbox[id];
      keep(id);
    }
  }

  function show(id, { text, reply_to = "", mentions = "", refused }) {
    const item = document.getElementById("outgoing").content.firstElementChild.cloneNode(true);
    item.id = `message-${id}`;
    item.querySelector(".message-text").textContent = text;
    item.querySelector("[name=client_id]").value = id;
    for (const [name, value] of Object.entries({ text, reply_to, mentions }))
      item.querySelector(`[name=${name}]`).value = value;
    item.querySelector(".discard").addEventListener("click", () => {
      settle(id);
      item.remove();
    });
    list().append(item);
    chatGroups.around(item);
    htmx.process(item);
    const form = item.querySelector("form");
    if (refused) say(form, refused, true);
    else send(form);
  }
  /* Up the live link, which is open and quick; by HTTP when there is none, or no answer, or no echo. */
  async function send(form) {
    const fields = ["client_id", "text", "reply_to", "mentions"].map((name) => [name, form.elements[name].value]);
    const data = Object.fromEntries(fields);
    const { client_id } = data;
    say(form, form.querySelector(".note").dataset.sending, false);
    const reply = await live.say("chat.message", { session: Number(panel.dataset.session), ...data }).catch(() => null);
    if (!reply || reply.status === 503) return post(form);
    if (reply.status >= 300) return refuse(form, reply.status, reply.html);
    settle(client_id);
    setTimeout(() => form.isConnected && post(form), ECHO_WITHIN);
    resend();
  }
  const post = (form) => {
    if (form.isConnected) htmx.trigger(form, "submit");
  };
  function say(form, text, failed) {
    form.querySelector(".note").textContent = text;
    for (const button of form.querySelectorAll("button")) button.hidden = !failed;
    form.closest(".message").classList.toggle("failed", failed);
    if (failed && chatList.isFollowing()) toEnd(); // what can be done about it stands below the text
  }
  /* What was refused for what it says is not sent again by itself, also after a reload; what was too fast is. */
  function refuse(form, status, why) {
    const id = form.elements.client_id.value;
    if (id in outbox && status < 500 && status !== 429) {
      outbox[id].refused = why;
      keep(id);
    }
    say(form, why, true);
  }
  panel.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target;
    if (!form.matches("[data-outgoing]")) return;
    const id = form.elements.client_id.value;
    if (outbox[id]?.refused) {
      delete outbox[id].refused;
      keep(id);
    } // its author tries again
    say(form, form.querySelector(".note").dataset.sending, false);
  });
  panel.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target;
    if (!form.matches("[data-outgoing]")) return;
    const { successful, xhr } = event.detail;
    if (successful) {
      live.swap(xhr.responseText);
      resend();
    } else if (xhr.status) refuse(form, xhr.status, live.refusal(xhr.responseText));
    else say(form, form.querySelector(".note").dataset.failed, true);
  });
  /* Back online: what could not be sent for want of a connection is sent again, by the same id. */
  const resend = () => {
    // one after the other, so that their order stays
    const forms = [...list().querySelectorAll(".failed [data-outgoing]")];
    const form = forms.find((each) => !outbox[each.elements.client_id.value]?.refused);
    if (form) send(form);
  };
  document.addEventListener("live:joined", resend);

  if (composer) {
    const text = composer.elements.text;
    const grow = () => {
      limits.grow(text);
      limits.count(text);
    };
    text.value = stored(draftName, "");
    grow();
    text.addEventListener("focus", grow); // a draft came before its panel was shown
    text.addEventListener("input", () => {
      store(draftName, text.value || null);
      grow();
    });
    text.addEventListener("keydown", (event) => {
      if (!redraw.sends(event) || event.defaultPrevented) return;
      event.preventDefault();
      composer.requestSubmit();
    });
    composer.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = text.value.trim();
      if (!words) return;
      const about = chatCompose.taken(words);
      text.value = "";
      store(draftName, null);
      grow();
      if (about.edit) return chatCompose.change(about.edit, words);
      const id = live.uuid();
      outbox[id] = { text: words, ...about };
      keep(id);
      show(id, outbox[id]);
      toEnd();
    });
  }
  arrange();
})();
