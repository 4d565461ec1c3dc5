// What payloads call.
window.hit = () => {
  window.wasHit = true;
};
window.alert = window.hit;
