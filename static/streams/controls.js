/* The player's controls: buttons, menus that remember, keys, the live edge, full screen with what is pinned over it. */
(() => {
  "use strict";
  const player = window.player;
  if (!player) return;
  const { root, video, kept } = player;
  const LIVE_WITHIN = 8; // seconds behind the edge that still count as live
  const SPEEDS = [0.75, 1, 1.25, 1.5, 2];
  const find = (selector) => root.querySelector(selector);
  const bar = find("[data-player-bar]");
  const menu = find("[data-player-menu]");
  const seek = find("[data-seek]");
  const volume = find("[data-volume]");
  const unmute = find("[data-unmute]");
  const live = find("[data-do=live]");
  const time = find("[data-time-shown]");
  const whole = document.querySelector(".watch");
  const names = new Intl.DisplayNames(document.documentElement.lang, { type: "language", fallback: "none" });

  function clockOf(seconds) {
    const all = Math.max(0, Math.round(seconds));
    const parts = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
    const [hours, ...rest] = parts.map((part, index) => (index ? String(part).padStart(2, "0") : part));
    return hours ? [hours, ...rest].join(":") : `${Number(rest[0])}:${rest[1]}`;
  }

  const acts = {
    play() {
      if (!video.paused) return video.pause();
      const edge = player.engine()?.edge();
      if (edge && edge - video.currentTime > 60) video.currentTime = edge; // after a long pause at what is now
      window.engines.play(video);
    },
    mute() {
      video.muted = !video.muted;
      if (!video.muted && !video.volume) video.volume = 1;
    },
    live() {
      const edge = player.engine()?.edge();
      if (edge) video.currentTime = edge;
      window.engines.play(video);
    },
    pip() {
      if (document.pictureInPictureElement) document.exitPictureInPicture();
      else video.requestPictureInPicture().catch(() => {});
    },
    full() {
      if (document.fullscreenElement) document.exitFullscreen();
      else if (whole.requestFullscreen) whole.requestFullscreen().catch(() => {});
      else video.webkitEnterFullscreen?.();
    },
  };

  /* Draw what the video stands at. */
  function show() {
    const engine = player.engine();
    const ours = Boolean(engine) && !engine.isFrame;
    bar.hidden = !ours;
    unmute.hidden = !ours || !video.muted || !player.started();
    root.classList.toggle("is-playing", !video.paused);
    root.classList.toggle("is-loud", !video.muted && video.volume > 0);
    const play = find("[data-do=play]");
    label(play, video.paused ? play.dataset.play : play.dataset.pause);
    const mute = find("[data-do=mute]");
    label(mute, video.muted ? mute.dataset.on : mute.dataset.off);
    volume.value = video.muted ? 0 : Math.round(video.volume * 100);
    find("[data-do=pip]").hidden = !document.pictureInPictureEnabled;
    find("[data-do=full]").hidden = !(document.fullscreenEnabled || video.webkitEnterFullscreen);
    for (const name of ["listen", "read"]) find(`[data-menu=${name}]`).hidden = !sections(name).length;
    showPlace();
  }
  function label(button, text) {
    if (button.getAttribute("aria-label") !== text) button.setAttribute("aria-label", text);
  }

  function showPlace() {
    const edge = player.engine()?.edge() ?? null;
    live.hidden = edge === null;
    const hasEnd = edge === null && Number.isFinite(video.duration) && player.isOnDemand();
    seek.hidden = time.hidden = !hasEnd;
    if (edge !== null) {
      const behind = edge - video.currentTime;
      const isLive = behind < LIVE_WITHIN;
      const text = isLive ? live.dataset.live : `−${clockOf(behind)}`;
      live.classList.toggle("is-behind", !isLive);
      label(live, isLive ? text : live.dataset.behind.replace("%n", clockOf(behind)));
      const shown = live.querySelector("[data-live-words]");
      if (shown.textContent !== text) shown.textContent = text;
    }
    if (!hasEnd) return;
    seek.max = Math.floor(video.duration);
    if (!seek.matches(":active")) seek.value = Math.floor(video.currentTime);
    seek.setAttribute("aria-valuetext", clockOf(video.currentTime));
    time.textContent = `${clockOf(video.currentTime)} / ${clockOf(video.duration)}`;
  }

  /* Menus: sections of choices, [{ title, name, chosen, choices: [{ key, label }], choose }]. */
  const own = {
    listen() {
      const audio = player.engine()?.audio() ?? [];
      if (audio.length < 2) return [];
      const choices = audio.map(({ key, name, lang }) => ({ key, label: name || names.of(lang) || lang }));
      const choose = (key) => {
        player.keep("listen", key);
        player.engine().listen(key);
      };
      return [section("listen", audio.find(({ chosen }) => chosen)?.key, choices, choose)];
    },
    read() {
      const texts = player.engine()?.texts() ?? [];
      if (!texts.length) return [];
      const choices = [{ key: "", label: menu.dataset.none }, ...texts.map(({ key, name }) => ({ key, label: name }))];
      return [
        section("read", kept.text ?? "", choices, (key) => {
          player.keep("text", key);
          player.engine().read(key);
        }),
      ];
    },
    picture() {
      const found = [];
      const pictures = player.source()?.pictures ?? [];
      if (pictures.length) {
        const names = pictures.map(({ key, name }) => ({ key, label: key === "sound" ? menu.dataset.sound : name }));
        const choices = [{ key: "", label: menu.dataset.stage }, ...names];
        found.push(section("picture", player.source().picture, choices, player.choosePicture));
      }
      const heights = (player.engine()?.levels() ?? []).map((height) => ({ key: String(height), label: `${height}p` }));
      const choices = [
        { key: "auto", label: menu.dataset.auto },
        ...(heights.length > 1 ? heights : []),
        { key: "low", label: menu.dataset.low },
      ];
      if (player.engine()?.quality)
        found.push(
          section("quality", kept.quality, choices, (key) => {
            player.keep("quality", key);
            player.engine().quality(key);
          }),
        );
      if (player.isOnDemand()) {
        const speeds = SPEEDS.map((speed) => ({ key: String(speed), label: `${speed}×` }));
        found.push(section("speed", String(video.playbackRate), speeds, (key) => (video.playbackRate = Number(key))));
      }
      return found;
    },
  };
  const section = (name, chosen, choices, choose) => ({ title: menu.dataset[name], name, chosen, choices, choose });
  const sections = (name) => [...own[name](), ...(player.menus[name] ?? []).flatMap((give) => give())];

  function open(button) {
    const wasOpen = button.getAttribute("aria-expanded") === "true";
    close();
    if (wasOpen) return;
    menu.replaceChildren(...sections(button.dataset.menu).map(drawn));
    menu.hidden = !menu.children.length;
    if (menu.hidden) return;
    button.setAttribute("aria-expanded", "true");
    (menu.querySelector(":checked") ?? menu.querySelector("input")).focus();
  }
  function close(focus) {
    const opened = bar.querySelector("[aria-expanded=true]");
    menu.hidden = true;
    opened?.setAttribute("aria-expanded", "false");
    if (focus) opened?.focus();
  }
  function drawn({ title, name, chosen, choices, choose }) {
    const field = document.createElement("fieldset");
    field.append(Object.assign(document.createElement("legend"), { textContent: title }));
    for (const { key, label: text } of choices) {
      const choice = document.createElement("label");
      const radio = Object.assign(document.createElement("input"), {
        type: "radio",
        name: `player-${name}`,
        value: key,
      });
      radio.checked = key === chosen;
      radio.addEventListener("change", () => choose(key));
      choice.append(radio, Object.assign(document.createElement("span"), { textContent: text, dir: "auto" }));
      field.append(choice);
    }
    return field;
  }

  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button?.dataset.menu) open(button);
    else if (button) acts[button.dataset.do]();
  });
  unmute.addEventListener("click", () => {
    video.muted = false;
    video.volume ||= 1;
    window.engines.play(video);
    root.focus();
  });
  volume.addEventListener("input", () => {
    video.volume = volume.value / 100;
    video.muted = !video.volume;
    if (video.volume) player.keep("volume", video.volume);
  });
  seek.addEventListener("input", () => (video.currentTime = Number(seek.value)));

  const keys = {
    " ": acts.play,
    k: acts.play,
    m: acts.mute,
    f: acts.full,
    ArrowLeft: () => (video.currentTime -= 10),
    ArrowRight: () => (video.currentTime += 10),
    ArrowUp: () => (video.volume = Math.min(1, video.volume + 0.1)),
    ArrowDown: () => (video.volume = Math.max(0, video.volume - 0.1)),
  };
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !menu.hidden) return close(true);
    if (event.target !== root || bar.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key] ?? keys[live.typed(event)];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("click", ({ target }) => !target.closest(".player-menu, [data-menu]") && close());

  /* The bar leaves while nobody needs it. A finger brings it first, a mouse has brought it already. */
  let resting,
    broughtAt = 0;
  function use({ type }) {
    if (type === "pointerdown" && !root.classList.contains("is-used")) broughtAt = Date.now();
    root.classList.add("is-used");
    clearTimeout(resting);
    resting = setTimeout(() => menu.hidden && root.classList.remove("is-used"), 3500);
  }
  for (const name of ["pointerdown", "pointermove", "keydown", "focusin"]) root.addEventListener(name, use);
  find("[data-media]").addEventListener("click", () => {
    if (Date.now() - broughtAt < 500) return;
    menu.hidden ? acts.play() : close();
  });
  for (const name of ["play", "pause", "volumechange", "loadeddata", "durationchange"])
    video.addEventListener(name, show);
  video.addEventListener("timeupdate", showPlace);
  root.addEventListener("player:changed", show);
  setInterval(() => !live.hidden && showPlace(), 1000); // the edge moves on while one has paused
})();
