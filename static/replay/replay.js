/* The replay: what was written and asked comes while the recording plays, and at once where one jumps to. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const panel = document.querySelector("[data-replay]");
  const player = window.player;
  if (!panel || !player) return;
  const SHOWN = 80; // items that stand there after a jump
  const MOST = 400; // items of the list; the oldest leave
  const AT_ONCE = 12; // items that are put in between two pictures of the screen
  const JUMP = 3; // seconds that the place may go on between two looks, at most
  const LOOK = 250; // ms
  const AGAIN = 5000; // ms after which a window that did not come is asked for again
  const windows = window.replayWindows(panel.dataset.replay, Number(panel.dataset.window));
  const find = (selector) => panel.querySelector(selector);
  const list = find("[data-replay-list]");
  const scroll = find(".replay-scroll");
  const waiting = find("[data-waiting]");
  const failed = find("[data-failed]");
  const follow = find("[data-follow]");
  let shownTo = null; // the place up to which the list shows what came; null: nothing is shown yet
  let run = 0; // of the newest jump: what an earlier one still fetches is not shown
  let isBusy = false;
  let quietUntil = 0;

  const numberOf = (place) => Math.floor(place / windows.width);
  const isPlaying = () => Boolean(player.recorded()) && player.isOnDemand() && player.started();
  const isFollowing = () => follow.getAttribute("aria-pressed") === "true";
  const nextPicture = () => new Promise((resolve) => requestAnimationFrame(() => resolve()));

  /* Show the list as it stands at a place. */
  async function anchor(place) {
    const mine = ++run;
    shownTo = place;
    isBusy = true;
    try {
      const number = numberOf(place);
      const found = [...(await windows.at(number - 1)), ...(await windows.at(number))];
      if (mine !== run) return;
      list.replaceChildren();
      await put(found.filter(({ at }) => at <= place).slice(-SHOWN), mine);
      windows.at(number + 1).catch(() => {});
      say(false);
    } catch {
      if (mine === run) missed();
    } finally {
      if (mine === run) isBusy = false;
    }
  }

  /* Show what comes up to a place, from the one shown last. */
  async function goOn(place) {
    const mine = run;
    const from = shownTo;
    shownTo = place;
    isBusy = true;
    try {
      const found = [];
      for (let number = numberOf(from); number <= numberOf(place); number++) found.push(...(await windows.at(number)));
      if (mine !== run) return;
      await put(
        found.filter(({ at }) => from < at && at <= place),
        mine,
      );
      windows.at(numberOf(place) + 1).catch(() => {});
      say(false);
    } catch {
      if (mine === run) missed();
    } finally {
      if (mine === run) isBusy = false;
    }
  }

  function missed() {
    shownTo = null; // the next look begins anew
    quietUntil = Date.now() + AGAIN;
    say(true);
  }
  function say(isMissing) {
    failed.hidden = !isMissing;
    waiting.hidden = isMissing || list.children.length > 0;
  }

  /* A few at a time: between them the screen is drawn and whoever types is heard. */
  async function put(items, mine) {
    for (let first = 0; first < items.length; first += AT_ONCE) {
      if (first) await nextPicture();
      if (mine !== run) return;
      list.append(...items.slice(first, first + AT_ONCE).map(({ element }) => element));
      while (isFollowing() && list.children.length > MOST) list.firstElementChild.remove();
      if (isFollowing()) scroll.scrollTop = scroll.scrollHeight;
    }
    if (items.length) waiting.hidden = true;
  }

  function look() {
    showHere();
    if (!isPlaying() || Date.now() < quietUntil) return;
    const place = player.place() - early();
    const gone = shownTo === null ? null : place - shownTo;
    if (gone === null || gone < -0.5 || gone > JUMP * Math.max(1, player.video.playbackRate)) return void anchor(place);
    if (gone > 0 && !isBusy) goOn(place);
  }
  player.video.addEventListener("seeking", () => isPlaying() && anchor(player.place() - early()));
  setInterval(look, LOOK);

  /* Something of it was removed, hidden or changed: it is asked for anew. */
  let anew;
  document.addEventListener("live:event", ({ detail }) => {
    if (!/id="(message|question|poll)-|<script[^>]*>[^<]*"recorded"/.test(detail)) return;
    clearTimeout(anew);
    anew = setTimeout(() => {
      windows.forget();
      shownTo = null;
      quietUntil = 0;
    }, 300);
  });
  find("[data-again]").addEventListener("click", () => {
    quietUntil = 0;
    look();
  });

  /* Follow the picture, or read freely: whoever scrolls up reads. */
  function setFollow(on) {
    follow.setAttribute("aria-pressed", on);
    if (on) scroll.scrollTop = scroll.scrollHeight;
  }
  follow.addEventListener("click", () => setFollow(!isFollowing()));
  const isAtEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
  for (const name of ["wheel", "touchmove", "keyup"])
    scroll.addEventListener(name, () => setTimeout(() => !isAtEnd() && setFollow(false), 50), { passive: true });
  panel.addEventListener("panel:shown", () => isFollowing() && setFollow(true));

  /* Chapters, what I asked: to their place. */
  function jump(place) {
    player.seek(place);
    window.engines.play(player.video);
  }
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("[data-to]");
    if (!link || !isPlaying()) return;
    event.preventDefault();
    jump(Number(link.dataset.to));
  });

  /* `?t=90`, `?t=1m30s` or `?t=1:30`: the moment that a link is about. */
  function asked() {
    const text = new URLSearchParams(location.search).get("t") ?? "";
    const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text) ?? /^(?:(\d+):)?(\d+):(\d+)$/.exec(text);
    return text && parts ? [1, 2, 3].reduce((sum, part) => sum * 60 + Number(parts[part] ?? 0), 0) : null;
  }
  let first = asked();
  player.root.addEventListener("player:changed", () => {
    if (first === null || !isPlaying()) return;
    const place = first;
    first = null;
    player.seek(place);
  });
  find("[data-link]").addEventListener("click", async ({ currentTarget }) => {
    const url = new URL(location.pathname, location.origin);
    url.searchParams.set("t", Math.floor(player.place()));
    const said = find("[data-link-said]");
    try {
      await navigator.clipboard.writeText(url.href);
      said.textContent = currentTarget.dataset.copied;
    } catch {
      said.textContent = url.href;
    }
  });

  /* The curve below the picture: where one is, and to where one points. */
  const strip = document.querySelector("[data-replay-strip]");
  const here = strip?.querySelector("[data-here]");
  const length = () => Number(strip.dataset.length);
  function showHere() {
    if (!strip) return;
    here.setAttribute("x", Math.min(998, (player.place() / length()) * 1000).toFixed(1));
  }
  strip?.addEventListener("click", ({ clientX }) => {
    const { left, width } = strip.getBoundingClientRect();
    if (isPlaying()) jump(((clientX - left) / width) * length());
  });

  /* One list at a time; some are fetched when they are opened. */
  const lists = [...panel.querySelectorAll("[data-only-one]")];
  for (const details of lists) {
    details.addEventListener("toggle", async () => {
      if (!details.open) return;
      for (const other of lists) if (other !== details) other.open = false;
      const place = details.querySelector("[data-fetched]");
      if (!place) return;
      try {
        const response = await fetch(details.dataset.fetch);
        if (response.ok) place.innerHTML = await response.text();
        else throw new Error(response.status);
      } catch {
        place.replaceChildren(failed.firstChild.cloneNode());
      }
    });
  }

  /* The moderators' slider: heard at once here, kept for everybody when it is sent. */
  const slider = find("[data-offset]")?.elements;
  const keptOffset = () => player.recorded()?.offset ?? 0;
  const early = () => (slider ? Number(slider.offset.value) - keptOffset() : 0);
  let offset = Number(slider?.offset.defaultValue ?? 0);
  function setOffset(seconds) {
    slider.offset.value = seconds;
    slider.offset.form.querySelector("output").textContent = seconds;
  }
  slider?.offset.addEventListener("input", () => {
    setOffset(slider.offset.value);
    shownTo = null;
  });
  document.addEventListener("live:swapped", ({ detail }) => {
    if (!slider || !detail.matches(".feed") || !player.recorded()) return;
    slider.number.value = player.recorded().number;
    if (Number(slider.offset.value) === offset) setOffset(keptOffset()); // else somebody is about to set it
    offset = keptOffset();
  });
});
