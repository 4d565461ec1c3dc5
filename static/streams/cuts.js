/* The map between the time of day and the places of a recording, as common/cuts.py has it: marks are [time, place]. */
(() => {
  "use strict";
  const last = (marks, at, column) => marks.findLastIndex((mark) => mark[column] <= at);

  /* Where a moment stands, both in seconds: of a hole, at its cut. Null for what was before. */
  function place(marks, time) {
    const number = last(marks, time, 0);
    if (number < 0) return null;
    const there = marks[number][1] + time - marks[number][0];
    return number + 1 < marks.length ? Math.min(there, marks[number + 1][1]) : there;
  }

  /* The moment that a place shows; before the first mark, that mark's. */
  function time(marks, there) {
    const [begin, from] = marks[Math.max(0, last(marks, there, 1))];
    return begin + Math.max(0, there - from);
  }

  window.cuts = { place, time };
})();
