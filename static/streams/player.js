/* The player of a session: plays what the feed says, gives way to the next source when one does not start, and keeps
   language, volume and place when the source changes. `window.player` is for controls and captions. */
(() => {
  "use strict";
  const root = document.querySelector("[data-player]");
  if (!root) return;
  const START_WITHIN = 6000; // ms
  const FORGET = 3600000; // ms after which a source that did not start is tried first again
  const AGAIN = 15000; // ms between two rounds when none starts
  const media = root.querySelector("[data-media]");
  const words = root.querySelector("[data-player-state]");
  const video = Object.assign(document.createElement("video"), { playsInline: true, muted: true, autoplay: true });
  video.setAttribute("aria-label", root.dataset.title);
  const kept = stored("player", { volume: 1, listen: "", quality: "auto", picture: "", read: "" });
  video.volume = kept.volume;
  let feed = { state: "", sources: [], key: "" };
  let current = null; // { source, engine, started }
  let timer, again;

  function stored(name, otherwise) {
    try {
      return { ...otherwise, ...JSON.parse(localStorage.getItem(name)) };
    } catch {
      return { ...otherwise };
    }
  }
  function store(name, value) {
    try {
      localStorage.setItem(name, JSON.stringify(value));
    } catch {
      /* private mode */
    }
  }
  function keep(name, value) {
    kept[name] = value;
    store("player", kept);
  }

  /* Sources for where one is, those that did not start here last. */
  function inOrder(sources) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
    const failed = stored("streams:failed", {});
    const here = ({ region }) => region && `${zone}/`.startsWith(`${region}/`);
    const weight = (source) =>
      (Date.now() - (failed[source.src] ?? 0) < FORGET ? 4 : 0) + (here(source) ? 0 : source.region ? 2 : 1);
    return [...sources].sort((one, other) => weight(one) - weight(other));
  }
  function remember(source, hasFailed) {
    const failed = stored("streams:failed", {});
    if (hasFailed) failed[source.src] = Date.now();
    else delete failed[source.src];
    store("streams:failed", failed);
  }

  function say(state) {
    root.dataset.playing = state;
    words.textContent = words.dataset[state] ?? "";
    words.hidden = !words.textContent;
    changed();
  }
  const changed = () => root.dispatchEvent(new CustomEvent("player:changed"));

  /* What is to be played has changed, or may have. */
  function look() {
    const carrier = root.querySelector(".feed > script");
    const next = carrier ? JSON.parse(carrier.textContent) : { state: "waiting", sources: [], key: "" };
    const before = feed;
    feed = next;
    root.dataset.state = feed.state;
    if (!feed.sources.length) return stop("");
    if (current && feed.key === before.key && isOnDemand(feed) === isOnDemand(before)) return changed();
    start(inOrder(feed.sources), current ? "switching" : "connecting");
  }
  const isOnDemand = ({ state }) => state === "on_demand";

  function stop(state) {
    clearTimeout(timer);
    clearTimeout(again);
    current?.engine.stop();
    current = null;
    video.remove();
    say(state);
  }

  /* Play the first of these; each that does not start in time gives way to the next. */
  function start(sources, state, at = 0) {
    stop(state);
    const [source, ...others] = sources;
    if (!source) {
      say("failed");
      again = setTimeout(() => start(inOrder(feed.sources), "connecting"), AGAIN);
      return;
    }
    const run = { source, started: false };
    const next = () => {
      if (current !== run) return;
      remember(source, true);
      start(others.length || !run.started ? others : inOrder(feed.sources), "switching");
    };
    const tell = {
      started() {
        if (current !== run || run.started) return;
        run.started = true;
        clearTimeout(timer);
        remember(source, false);
        say(source.picture === "sound" ? "sound" : "on");
      },
      failed: next,
      tracks: () => current === run && changed(),
    };
    const isFrame = source.kind === "youtube" || source.kind === "vimeo";
    if (!isFrame) media.append(video);
    const chosen = {
      ...source,
      picture: pictureOf(source),
      loop: source.kind === "file" && feed.state !== "on_demand",
    };
    run.source = chosen;
    current = run;
    timer = setTimeout(next, START_WITHIN);
    run.engine = window.engines[source.kind](chosen, { root, media, video, tell, at, wishes: kept });
    changed();
  }
  const pictureOf = ({ pictures = [] }) => {
    const wanted = pictures.find(({ key, language }) => key === kept.picture || `sign:${language}` === kept.picture);
    return wanted?.key ?? "";
  };

  /* Another picture is another list with the same languages: the place is kept. */
  function choosePicture(key) {
    const picture = current?.source.pictures?.find((each) => each.key === key);
    keep("picture", !picture || key === "sound" ? key : `sign:${picture.language}`);
    const at = current?.engine.edge() === null ? video.currentTime : 0;
    if (current) start(inOrder(feed.sources), "switching", at);
  }

  /* Where the recording stands, in seconds, also in a page of others that tells it. */
  const place = () => current?.engine.place?.() ?? video.currentTime;
  function seek(there) {
    if (current?.engine.seek) current.engine.seek(there);
    else video.currentTime = there;
  }

  /* The moment that the picture shows, in ms; null where it tells none. */
  function date() {
    const { recorded } = feed;
    return recorded ? window.cuts.time(recorded.marks, place()) * 1000 : (current?.engine.date() ?? null);
  }

  window.player = {
    root,
    video,
    keep,
    kept,
    choosePicture,
    engine: () => current?.engine,
    source: () => current?.source,
    isOnDemand: () => isOnDemand(feed),
    started: () => Boolean(current?.started),
    recorded: () => feed.recorded ?? null,
    date,
    place,
    seek,
    menus: {}, // name of a menu -> functions that give sections for it
  };
  document.addEventListener("live:swapped", ({ detail }) => detail.matches(".feed") && look());
  document.addEventListener("live:barred", () => stop(""));
  document.addEventListener("DOMContentLoaded", look); // when the controls are there
})();
