/* Where the map is wider than the window, one begins in its middle. */
(() => {
  "use strict";
  const map = document.getElementById("world");
  if (map) map.scrollLeft = (map.scrollWidth - map.clientWidth) / 2;
})();
