/* Messages on this device, also while no page is open (Web Push). */
(async () => {
  "use strict";
  const box = document.querySelector("[data-device]");
  if (!box || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  const button = box.querySelector("button");
  const note = box.querySelector("[role=status]");
  const worker = await navigator.serviceWorker.ready;
  let subscription = await worker.pushManager.getSubscription();
  box.hidden = false;
  show();

  function show() {
    button.setAttribute("aria-pressed", Boolean(subscription));
    button.textContent = subscription ? box.dataset.off : box.dataset.on;
  }

  function bytes(text) {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  }

  async function tell(fields) {
    const headers = { "X-CSRFToken": own.token(), "HX-Request": "true" };
    const response = await fetch("/notices/device/", { method: "POST", body: new URLSearchParams(fields), headers });
    if (!response.ok) throw new Error(live.refusal(await response.text()));
  }

  async function turnOn() {
    const applicationServerKey = bytes(box.dataset.device);
    subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
    const { endpoint, keys } = subscription.toJSON();
    try {
      await tell({ endpoint, p256dh: keys.p256dh, auth: keys.auth });
    } catch (error) {
      await subscription.unsubscribe();
      subscription = null;
      throw error;
    }
  }

  async function turnOff() {
    const { endpoint } = subscription;
    await subscription.unsubscribe();
    subscription = null;
    await tell({ endpoint, off: "1" });
  }

  button.addEventListener("click", async () => {
    button.disabled = true;
    note.textContent = "";
    try {
      await (subscription ? turnOff() : turnOn());
    } catch (error) {
      note.textContent = error.name === "NotAllowedError" ? box.dataset.denied : error.message;
    }
    button.disabled = false;
    show();
  });
})();
