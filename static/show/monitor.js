/* Pages that nobody attends for days: they look at the server when told and now and then, stay awake, burn nothing in,
   and take a clicker's keys as "understood". */
(() => {
  "use strict";
  const LOOK = 20000; // ms
  const SHIFT = 180000; // ms between two small moves of the whole picture
  const FRESH = 12 * 3600000; // ms after which the whole page is loaded anew
  const born = Date.now();
  const page = document.querySelector("[data-unattended]");
  const parts = () => page.querySelector("[data-live-refresh]");

  /* What comes by a later look is newer than what one sees. */
  let looks = 0;
  let failed = 0;
  async function look() {
    const own = ++looks;
    const options = { cache: "no-store", headers: { "HX-Request": "true" } }; // only what moves
    const response = await fetch(location.href, options).catch(() => null);
    if (response?.status === 404) return location.reload(); // the address has ended
    failed = response?.ok ? 0 : failed + 1;
    page.classList.toggle("lost", failed > 1);
    const html = response?.ok && (await response.text());
    if (!html || own !== looks) return;
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const drawn = fresh.getElementById(parts().id);
    if (drawn && drawn.innerHTML !== shown) {
      shown = drawn.innerHTML;
      live.swap(drawn.outerHTML);
    }
    if (Date.now() - born > FRESH) location.reload();
  }
  let shown = "";

  /* The monitor's part came with its cue: what was asked for before may be older. */
  function came() {
    looks++;
    shown = "";
  }

  const KEYS = [" ", "Enter", "PageDown", "ArrowRight"];
  document.addEventListener("keydown", (event) => {
    const button = page.querySelector("[data-acknowledge]");
    if (!button || !KEYS.includes(event.key) || event.repeat || event.target === button) return;
    event.preventDefault();
    button.form.requestSubmit(button);
  });

  async function stayAwake() {
    if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen").catch(() => null);
  }

  let place = 0;
  setInterval(() => {
    place = (place + 1) % 4;
    page.dataset.shift = place;
  }, SHIFT);
  document.body.addEventListener("screen-changed", look);
  document.body.addEventListener("monitor-shown", came);
  document.addEventListener("live:joined", look);
  document.addEventListener("live:barred", () => location.reload());
  document.addEventListener("visibilitychange", stayAwake);
  setInterval(look, LOOK);
  stayAwake();
})();
