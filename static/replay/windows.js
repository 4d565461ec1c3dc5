/* Windows of a replay: each is fetched once, a few are kept, and what was removed since is asked for anew. */
(() => {
  "use strict";
  const KEPT = 8; // windows

  /* `at(number)` gives a promise of the items [{ at, of, element }] of a window; it rejects without a link. */
  function windows(address, width) {
    const kept = new Map();

    async function fetched(number) {
      const asked = `${address}?from=${number * width}&to=${(number + 1) * width}`;
      const response = await fetch(asked);
      if (!response.ok) throw new Error(response.status);
      const template = document.createElement("template");
      template.innerHTML = await response.text();
      return [...template.content.children].map((element) => ({
        at: element.hasAttribute("data-last") ? (number + 1) * width - 0.1 : Number(element.dataset.at),
        of: element.dataset.of ?? "",
        element,
      }));
    }

    function at(number) {
      if (number < 0) return Promise.resolve([]);
      let promise = kept.get(number);
      if (!promise) {
        promise = fetched(number);
        promise.catch(() => kept.get(number) === promise && kept.delete(number));
      }
      kept.delete(number); // the newest comes last
      kept.set(number, promise);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value);
      return promise;
    }

    return { at, forget: () => kept.clear(), width };
  }

  window.replayWindows = windows;
})();
