/* The scanner: each badge goes into an outbox on the device first, and leaves it when the server has it. The time of
   the scan is the device's; the id makes that what is sent twice is one lead. */
(() => {
  "use strict";
  const AGAIN = 10000; // ms between two tries of what waits
  const form = document.getElementById("scan-form");
  const result = document.getElementById("scan-result");
  const outbox = document.getElementById("scan-outbox");
  const key = form.dataset.outbox;
  let isSending = false;

  function waiting() {
    try {
      return JSON.parse(localStorage.getItem(key)) || [];
    } catch {
      return [];
    }
  }
  function keep(scans) {
    localStorage.setItem(key, JSON.stringify(scans));
    outbox.textContent = scans.length ? result.dataset.later.replace("%n", scans.length) : "";
  }

  function show(kind, first, ...others) {
    result.className = `expo-result is-${kind}`;
    const strong = document.createElement("strong");
    strong.textContent = first;
    strong.dir = "auto";
    const rest = others.filter(Boolean).map((text) => {
      const span = document.createElement("span");
      span.textContent = text;
      span.dir = "auto";
      return span;
    });
    result.replaceChildren(strong, ...rest);
    navigator.vibrate?.(kind === "good" ? 80 : [80, 60, 80]);
  }

  async function send(scan) {
    const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
    const body = new URLSearchParams(scan);
    const response = await fetch(form.action, { method: "POST", headers, body, redirect: "error" });
    if (response.ok) return { told: (await response.json()).told };
    if (response.status === 429 || response.status >= 500) throw new Error(response.status);
    return { refusal: live.refusal(await response.text()) };
  }

  /* The oldest first; what the server refuses for good leaves the outbox too, and is said. */
  async function flush() {
    if (isSending) return;
    isSending = true;
    try {
      for (let scans = waiting(); scans.length; scans = waiting()) {
        const [scan] = scans;
        const { told, refusal } = await send(scan);
        keep(waiting().filter((each) => each.client_id !== scan.client_id));
        if (refusal) show("bad", refusal, scan.code);
        else show("good", ...told);
      }
    } catch {
      show("kept", result.dataset.wait);
    } finally {
      isSending = false;
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const sent = Object.fromEntries(new FormData(form));
    const { csrfmiddlewaretoken: _token, ...scan } = sent;
    keep([...waiting(), { ...scan, client_id: live.uuid(), at: new Date(live.now()).toISOString() }]);
    form.reset();
    form.elements.code.value = "";
    flush();
  });
  addEventListener("online", flush);
  setInterval(() => waiting().length && flush(), AGAIN);
  keep(waiting());
  flush();

  /* The camera, where there is one. */
  const start = document.querySelector("[data-camera-start]");
  const camera = document.querySelector("[data-camera]");
  const video = camera.querySelector("video");
  const reader = window.ZXingWASM; // npm/index.js
  const LOOK = 250; // ms between two looks
  let last = "";

  async function read() {
    if (!video.srcObject) return;
    const canvas = new OffscreenCanvas(video.videoWidth || 1, video.videoHeight || 1);
    const context = canvas.getContext("2d");
    context.drawImage(video, 0, 0);
    const image = context.getImageData(0, 0, canvas.width, canvas.height);
    const found = await reader.readBarcodes(image, { formats: ["QRCode"], maxNumberOfSymbols: 1 }).catch(() => []);
    const text = found[0]?.text;
    if (text && text !== last) {
      last = text;
      form.elements.code.value = text;
      form.requestSubmit();
    }
    setTimeout(read, LOOK);
  }

  if (reader && navigator.mediaDevices) {
    start.hidden = false;
    reader.prepareZXingModule({ overrides: { locateFile: () => start.dataset.reader } });
  }
  start.addEventListener("click", async () => {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      await video.play();
      camera.hidden = false;
      start.hidden = true;
      read();
    } catch {
      document.querySelector("[data-camera-failed]").hidden = false;
    }
  });
  addEventListener("pagehide", () => {
    for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  });
})();
