/* The questions panel: drafts survive, one's upvotes stay marked. */
(() => {
  "use strict";
  const panel = document.querySelector("[data-questions]");
  if (!panel) return;
  const OPEN_STATUSES = ["starting", "live", "paused"];
  const ask = panel.querySelector(".ask");
  const closed = panel.querySelector(".intake-closed");
  const upvoted = new Set();
  const list = () => document.getElementById("questions");
  const draftName = `question:${document.body.dataset.participant}:${panel.dataset.questions}`;
  const draft = {
    get() {
      try {
        return localStorage.getItem(draftName) || "";
      } catch {
        return "";
      }
    },
    set(text) {
      try {
        text ? localStorage.setItem(draftName, text) : localStorage.removeItem(draftName);
      } catch {
        /* private mode */
      }
    },
  };

  /* --- upvotes: what is pushed to everybody does not know what I have voted for ----------------------------------- */
  function mark(form, on) {
    form.querySelector("[name=on]").value = on ? 0 : 1;
    form.querySelector("button").setAttribute("aria-pressed", on);
  }
  let isKnown = false;
  function markAll() {
    if (!isKnown) return;
    for (const form of list().querySelectorAll(".question[data-question] .upvote"))
      mark(form, upvoted.has(form.closest(".question").dataset.question));
    list().removeAttribute("data-shared");
  }
  function remember(root) {
    if (list().hasAttribute("data-shared")) return markAll(); // a list for everybody does not know
    root.querySelectorAll(".question[data-question]").forEach((item) => {
      const isOn = Boolean(item.querySelector("[aria-pressed=true]"));
      isOn ? upvoted.add(item.dataset.question) : upvoted.delete(item.dataset.question);
    });
  }
  /* Up the live link, marked at once; by HTTP when there is none or no answer. Counts are pushed to everybody. */
  panel.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!form.matches(".upvote") || form.dataset.byHttp || !document.body.dataset.participant || !live.linked())
        return;
      event.preventDefault();
      event.stopPropagation();
      upvote(form, form.closest(".question").dataset.question, form.elements.on.value === "1");
    },
    true,
  );
  async function upvote(form, question, on) {
    keep(question, on);
    const reply = await live.say("questions.upvote", { question, on }).catch(() => ({ status: 503 }));
    if (reply.status < 300) return live.tellOwn("upvote", { question, on });
    keep(question, !on);
    if (reply.status !== 503) return live.complain(reply.html);
    const again = document.getElementById(`question-${question}`)?.querySelector(".upvote") || form;
    again.dataset.byHttp = "yes"; // the answer draws it anew
    again.requestSubmit();
  }
  panel.addEventListener("htmx:beforeRequest", ({ target }) => {
    if (target.matches(".upvote")) target.dataset.wanted = target.querySelector("[name=on]").value;
  });
  panel.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (!detail.successful) return;
    if (target.matches(".upvote")) own(target.closest(".question")?.dataset.question, target.dataset.wanted === "1");
    if (target.dataset.upvoteInstead) {
      own(target.dataset.upvoteInstead, true);
      target.textContent = "✓";
      target.disabled = true;
    }
    if (target.matches("[data-swaps]")) live.swap(detail.xhr.responseText);
    if (target === ask) empty();
  });
  function own(question, on) {
    keep(question, on);
    live.tellOwn("upvote", { question, on });
  }
  function keep(id, on) {
    if (!id) return;
    on ? upvoted.add(id) : upvoted.delete(id);
    const form = document.getElementById(`question-${id}`)?.querySelector(".upvote");
    if (form) mark(form, on);
  }
  document.addEventListener("live:own", ({ detail: { questions } }) => {
    if (!questions) return;
    upvoted.clear();
    for (const id of questions.upvoted) upvoted.add(id);
    isKnown = true;
    markAll();
    if (questions.asked)
      htmx.ajax("GET", panel.dataset.ownQuestions, { source: panel, target: "#my-questions", swap: "outerHTML" });
  });
  document.addEventListener("live:own:upvote", ({ detail: { question, on } }) => keep(question, on));
  panel.addEventListener("htmx:afterSwap", () => remember(panel));

  /* --- what is pushed -------------------------------------------------------------------------------------------- */
  document.addEventListener("live:swapped", ({ detail: element }) => {
    if (element.id === "questions") remember(element);
    const id = element.dataset.question;
    if (id && upvoted.has(id) && element.querySelector(".upvote")) mark(element.querySelector(".upvote"), true);
    if (element.matches(".intake, .state")) open();
  });

  /* Upvotes are not in the log: after a lost connection the counts are asked for, not by everybody at once. */
  let wasLost = false;
  new MutationObserver(() => {
    if (document.body.dataset.joined === "no") wasLost = true;
  }).observe(document.body, { attributeFilter: ["data-joined"] });
  document.addEventListener("live:joined", () => {
    if (!wasLost) return;
    wasLost = false;
    setTimeout(async () => {
      const ids = [...list().querySelectorAll(".question[data-question]")]
        .slice(0, 200)
        .map((item) => `id=${item.dataset.question}`);
      const response = ids.length && (await fetch(`${panel.dataset.votes}?${ids.join("&")}`).catch(() => null));
      if (response?.ok) live.swap(await response.text());
    }, Math.random() * 3000);
  });

  /* --- asking ----------------------------------------------------------------------------------------------------- */
  function open() {
    if (!ask) return;
    const intake = document.getElementById(`intake-${panel.dataset.session}`)?.dataset.intake;
    const status = document.getElementById(`state-${panel.dataset.session}`)?.dataset.status;
    const isOpen = intake === "open" || (intake === "automatic" && OPEN_STATUSES.includes(status));
    closed.hidden = isOpen;
    ask.hidden = !isOpen && !ask.elements.text.value; // a draft is never taken away
  }
  function grow() {
    const text = ask.elements.text;
    limits.grow(text);
    limits.count(text);
  }
  function empty() {
    ask.elements.text.value = "";
    draft.set("");
    document.getElementById("similar").replaceChildren();
    grow();
    panel.querySelector(".questions-scroll").scrollTop = 0;
  }
  if (ask) {
    ask.elements.text.value = draft.get();
    ask.elements.text.addEventListener("focus", grow); // a draft came before its panel was shown
    ask.elements.text.addEventListener("input", () => {
      draft.set(ask.elements.text.value);
      grow();
    });
    ask.elements.text.addEventListener("keydown", (event) => {
      if (!redraw.sends(event)) return;
      event.preventDefault();
      ask.requestSubmit();
    });
    grow();
    open();
  }
  remember(panel);
})();
