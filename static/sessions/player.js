/* Streams start without sound, as browsers ask for; one tap gives it back. */
(() => {
  "use strict";
  const button = document.querySelector("[data-unmute]");
  if (!button) return;
  const video = () => button.parentElement.querySelector("video");
  const look = () => {
    button.hidden = !video()?.muted;
  };
  function follow() {
    video()?.addEventListener("volumechange", look);
    look();
  }
  button.addEventListener("click", () => {
    const stream = video();
    stream.muted = false;
    stream.volume ||= 1;
    stream.play();
    stream.focus();
  });
  document.addEventListener("live:swapped", ({ detail }) => detail.matches(".player") && follow());
  document.addEventListener("live:barred", () => {
    button.hidden = true;
  });
  follow();
})();
