/* Which way a session's page runs, and what of it is turned. */
() => {
  const of = (selector) => getComputedStyle(document.querySelector(selector));
  const box = (selector) => document.querySelector(selector).getBoundingClientRect();
  return {
    page: of("html").direction,
    bar: of(".player-bar").direction,
    drawing: of("svg").direction,
    send: of("#chat-form .mirrored, [data-chat] form .mirrored").transform,
    title: of("h1 [dir], h1[dir]").textAlign,
    "panel is": box("[data-chat]").left < box(".player").left ? "left" : "right",
    digits: (12345).toLocaleString(live.language),
  };
};
