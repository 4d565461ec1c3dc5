/* Captions: a line waits until the picture has reached its moment. The box over the picture is not for screen readers:
   the transcript is. */
(() => {
  "use strict";
  const panel = document.querySelector("[data-captions]");
  const player = window.player;
  if (!panel || !player) return;
  const { words, off, size, small, medium, large, place, over, under, contrast, normal, high } = panel.dataset;
  const SHOWN_FOR = 8; // seconds after which a line leaves the picture
  const LOOK = 250; // ms between two looks
  const tracks = [...panel.querySelectorAll("[data-transcript]")];
  const select = panel.querySelector("select");
  const search = panel.querySelector("input[type=search]");
  const scroll = panel.querySelector(".transcript-scroll");
  const box = Object.assign(document.createElement("div"), { className: "caption-box", hidden: true });
  box.setAttribute("aria-hidden", "true");
  const { kept } = player;
  const wishes = { captions: "", captionSize: "medium", captionPlace: "over", captionContrast: "normal" };
  for (const [name, otherwise] of Object.entries(wishes)) kept[name] ??= otherwise;

  /* The moment of the picture in seconds; where the picture tells none, that of the stage. */
  const moment = () => (player.date() ?? live.now()) / 1000;
  const linesOf = (track) => [...track.querySelectorAll(".caption-line:not([hidden])")];
  let wasChosen = false; // whether this person has chosen a language of the transcript
  const trackOf = (language) => tracks.find(({ dataset }) => dataset.language === language);

  function show() {
    const now = moment();
    const isWhole = Boolean(player.recorded()); // of a recording one reads ahead, too
    const chosen = tracks.find(({ dataset }) => dataset.transcript === select.value);
    const isAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40;
    let hasMoved = false;
    for (const track of new Set([chosen, trackOf(kept.captions)].filter(Boolean))) {
      for (const line of linesOf(track)) {
        const waits = !isWhole && Number(line.dataset.due) > now;
        hasMoved ||= waits !== line.classList.contains("is-waiting");
        line.classList.toggle("is-waiting", waits);
      }
    }
    if (hasMoved && isAtEnd) scroll.scrollTop = scroll.scrollHeight;
    draw(trackOf(kept.captions), now);
  }

  function draw(track, now) {
    const lines = track ? linesOf(track) : [];
    const due = lines.filter(({ dataset }) => Number(dataset.due) <= now);
    wait(lines[due.length], now);
    const recent = due.slice(-2).filter(({ dataset }) => now - Number(dataset.due) < SHOWN_FOR);
    const partial = track && document.getElementById(`partial-${track.dataset.transcript}`);
    const isDue = partial?.textContent && Number(partial.dataset.due) <= now;
    const shown = [...recent.map((line) => line.querySelector("[lang]")), ...(isDue ? [partial] : [])].slice(-2);
    const key = shown.map(({ textContent }) => textContent).join("\n");
    box.hidden = !track || (!key && kept.captionPlace === "over");
    if (box.dataset.key === key) return;
    box.dataset.key = key;
    box.replaceChildren(
      ...shown.map(({ textContent, lang }) =>
        Object.assign(document.createElement("p"), { textContent, lang, dir: "auto" }),
      ),
    );
  }

  /* What comes before the next look comes at its moment. */
  let exactly;
  function wait(line, now) {
    clearTimeout(exactly);
    const left = line ? ((Number(line.dataset.due) - now) * 1000) / player.video.playbackRate : LOOK;
    if (left > 0 && left < LOOK && !player.video.paused) exactly = setTimeout(show, left + 5);
  }

  function dress() {
    box.className = "caption-box";
    box.classList.add(`is-${kept.captionSize}`);
    box.classList.toggle("is-high", kept.captionContrast === "high");
    const isUnder = kept.captionPlace === "under";
    box.classList.toggle("is-under", isUnder);
    (isUnder ? player.root.parentElement : player.root).append(box);
    if (trackOf(kept.captions)) select.value = trackOf(kept.captions).dataset.transcript;
    choose();
  }

  function choose() {
    const made = tracks.find((track) => track.hasAttribute("data-machine"));
    const isRead = kept.captions === made?.dataset.language || (wasChosen && select.value === "machine");
    window.translation?.ask("captions.line", made && isRead);
    for (const track of tracks) track.hidden = track.dataset.transcript !== select.value;
    for (const track of new Set([trackOf(kept.captions), ...tracks.filter((each) => !each.hidden)])) readWhole(track);
    show();
  }

  /* What a machine makes of earlier lines may come after what it made of later ones. */
  function arrange(line) {
    const due = ({ dataset }) => Number(dataset.due);
    let before = line.previousElementSibling;
    while (before && due(before) > due(line)) before = before.previousElementSibling;
    if (before !== line.previousElementSibling) before ? before.after(line) : line.parentElement.prepend(line);
    if (player.recorded()) readAgain();
  }
  let again = null;
  function readAgain() {
    clearTimeout(again);
    again = setTimeout(() => {
      const track = tracks.find((each) => each.hasAttribute("data-machine"));
      read.delete(track);
      readWhole(track);
    }, 1000);
  }

  /* Of a recording all lines come from the track's file, at their places in it. */
  const read = new Set();
  function readWhole(track) {
    const recorded = player.recorded();
    if (!recorded || !track || read.has(track)) return;
    read.add(track);
    const { language, name } = track.dataset;
    const file = Object.assign(document.createElement("track"), { kind: "captions", srclang: language, label: name });
    file.src = track.querySelector(".transcript-file a").href;
    file.addEventListener("load", () => {
      const list = track.querySelector("ol");
      list.replaceChildren(...[...file.track.cues].map((cue) => lineOf(cue, language, recorded.marks)));
      find();
      show();
    });
    file.addEventListener("error", () => read.delete(track));
    player.video.append(file);
    file.track.mode = "hidden"; // it is read, and drawn by us
  }
  function lineOf({ startTime, text }, lang, marks) {
    const line = Object.assign(document.createElement("li"), { className: "caption-line" });
    line.dataset.due = window.cuts.time(marks, startTime);
    const button = Object.assign(document.createElement("button"), { type: "button", className: "caption-jump" });
    button.dataset.jump = "";
    const seconds = String(Math.floor(startTime) % 60).padStart(2, "0");
    button.textContent = `${Math.floor(startTime / 60)}:${seconds}`;
    const words = Object.assign(document.createElement("span"), { textContent: plain(text), lang, dir: "auto" });
    line.append(button, words);
    return line;
  }
  const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

  function section(title, name, choices) {
    const keep = (key) => {
      player.keep(name, key);
      dress();
    };
    return { title, name, chosen: kept[name], choices, choose: keep };
  }
  const choice = (key, label) => ({ key, label });
  player.menus.read = [
    () => {
      const languages = tracks.map(({ dataset }) => choice(dataset.language, dataset.name));
      return [
        section(words, "captions", [choice("", off), ...languages]),
        section(size, "captionSize", [choice("small", small), choice("medium", medium), choice("large", large)]),
        section(place, "captionPlace", [choice("over", over), choice("under", under)]),
        section(contrast, "captionContrast", [choice("normal", normal), choice("high", high)]),
      ];
    },
  ];

  function find() {
    const wanted = search.value.trim().toLocaleLowerCase();
    for (const line of panel.querySelectorAll(".caption-line")) {
      const text = line.querySelector("[lang]")?.textContent.toLocaleLowerCase() ?? "";
      line.classList.toggle("is-other", Boolean(wanted) && !text.includes(wanted));
    }
  }

  /* To the moment of a line, as far as the stream goes back. */
  panel.addEventListener("click", ({ target }) => {
    const line = target.closest("[data-jump]")?.closest(".caption-line");
    const date = player.date();
    if (!line || date === null) return;
    const { video } = player;
    const recorded = player.recorded();
    if (recorded) return player.seek(window.cuts.place(recorded.marks, Number(line.dataset.due)) ?? 0);
    const there = video.currentTime + Number(line.dataset.due) - date / 1000;
    const first = video.seekable.length ? video.seekable.start(0) : 0;
    video.currentTime = Math.max(there, first);
  });
  select.addEventListener("change", () => {
    wasChosen = true;
    choose();
  });
  search.addEventListener("input", find);
  document.addEventListener("live:swapped", ({ detail }) => {
    if (!panel.contains(detail)) return;
    if (detail.dataset.track === "machine") arrange(detail);
    find();
    show();
  });
  /* Earlier lines come in above: what one reads stays where it is. */
  let below = null;
  panel.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
    if (!target.classList.contains("caption-earlier")) return;
    show(); // what the picture has not reached goes before one measures, not between
    below = scroll.scrollHeight - scroll.scrollTop;
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    if (below === null) return;
    find();
    show();
    scroll.scrollTop = scroll.scrollHeight - below;
    below = null;
  });
  select.hidden = tracks.length < 2;
  search.hidden = false;
  dress();
  document.addEventListener("DOMContentLoaded", choose); // when the script that asks for translations is there
  panel.addEventListener("panel:shown", () => {
    const now = moment();
    const due = tracks.filter(({ hidden }) => !hidden).flatMap(linesOf);
    const here = player.recorded() && due.findLast(({ dataset }) => Number(dataset.due) <= now);
    if (here) scroll.scrollTop += here.getBoundingClientRect().top - scroll.getBoundingClientRect().top - 60;
    else scroll.scrollTop = scroll.scrollHeight;
  });
  player.root.dispatchEvent(new CustomEvent("player:changed"));
  player.root.addEventListener("player:changed", () => player.recorded() && choose());
  setInterval(show, LOOK);
})();
