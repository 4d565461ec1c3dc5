/* Waves: up the live link; by HTTP, as without this script, when there is none or no answer. */
(() => {
  "use strict";
  const panel = document.querySelector("[data-toy]");
  if (!panel) return;
  const session = Number(panel.dataset.toy);
  document.addEventListener("live:joined", () => live.followUnlogged(`toy:${session}`));
  panel.addEventListener("submit", async (event) => {
    event.preventDefault();
    const reply = await live.say("toy.wave", { session }).catch(() => ({ status: 503 }));
    if (reply.status === 503) event.target.submit();
    else if (reply.status >= 300) live.complain(reply.html);
  });
})();
