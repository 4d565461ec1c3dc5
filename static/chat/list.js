/* The list of the chat: in the order of the log, it stays where one reads, and it is short: a page costs the same after
   thousands of messages. */
(() => {
  "use strict";
  const panel = document.querySelector("[data-chat]");
  if (!panel) return;
  const MOST = 200; // messages; older ones, and newer ones of who reads further up, come from the server
  const SPARE = 50; // are taken away at once, while one reads at the end
  const scroller = panel.querySelector(".chat-scroll");
  const newer = panel.querySelector(".chat-new");
  const me = document.body.dataset.participant;
  const list = () => document.getElementById("messages");
  const isMessage = (element) => element?.matches(".message");
  const isSettled = (element) => isMessage(element) && !element.matches(".pending");
  const seqOf = (element) => Number(element.dataset.seq);

  /* --- where one reads --- */
  let following = true,
    scrolling = 0, // the frame in which we go to the end
    reached = 0; // where we went last
  const nearEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  function toEnd() {
    if (skipped) return catchUp();
    following = true;
    offerNewer(0);
    if (trim()) return scroll();
    scrolling ||= requestAnimationFrame(scroll); // to know the height costs a layout: one for all that comes in a frame
  }
  function scroll() {
    cancelAnimationFrame(scrolling);
    scrolling = 0;
    scroller.scrollTop = scroller.scrollHeight;
    reached = scroller.scrollTop;
  }
  scroller.addEventListener("scroll", () => {
    if (scrolling && scroller.scrollTop >= reached) return; // the list has grown, nobody has moved
    cancelAnimationFrame(scrolling);
    scrolling = 0;
    following = nearEnd() && !skipped;
    if (following) offerNewer(0);
    else if (nearEnd()) goOn();
  });
  newer.addEventListener("click", toEnd);
  const resized = new ResizeObserver(() => following && toEnd());
  resized.observe(scroller); // the composer has grown, a keyboard has come
  resized.observe(list()); // a message has got longer: a translation of it has come
  panel.addEventListener("panel:shown", () => following && toEnd()); // what is hidden has no place to scroll to

  /* --- a message comes, or is drawn anew --- */
  function take(element) {
    mark(element);
    if (skips(element)) return;
    sort(element);
    chatGroups.around(element);
    if (following) toEnd();
    else if (element === lastSettled()) offerNewer(1);
  }
  /* How many stand below what one reads. */
  const words = newer.querySelector("[data-words]");
  let below = 0;
  function offerNewer(count) {
    below = count && below + count;
    newer.hidden = !count;
    const { newOne, newMany } = panel.dataset;
    if (count) words.textContent = below === 1 ? newOne : newMany.replace("%n", below.toLocaleString(live.language));
  }
  function mark(element) {
    if (me && element.dataset.author === me) element.classList.add("mine");
  }
  function markAll() {
    list().querySelectorAll(".message").forEach(mark);
    chatGroups.all();
  }
  /* Both look from the end: what comes belongs there or near. */
  function lastSettled() {
    let last = list().lastElementChild;
    while (last && !isSettled(last)) last = last.previousElementSibling;
    return last;
  }
  /* In the order of the room's log, whichever of answer and event came first; what is under way stands last. */
  function sort(element) {
    if (!seqOf(element)) return;
    const isLater = (other) => isMessage(other) && (other.matches(".pending") || seqOf(other) > seqOf(element));
    if (isInPlace(element, isLater)) return;
    element.remove();
    let earlier = list().lastElementChild;
    while (earlier && isLater(earlier)) earlier = earlier.previousElementSibling;
    earlier ? earlier.after(element) : list().prepend(element);
  }
  function isInPlace(element, isLater) {
    const { nextElementSibling: next, previousElementSibling: previous } = element;
    return (!next || isLater(next)) && !(previous && isLater(previous));
  }

  /* --- short at both ends --- */
  let skipped = false; // whether newer messages than the last one shown have been left out
  /* Take the oldest away; whether there were too many. */
  function trim() {
    const messages = list().children;
    if (messages.length <= MOST || list().querySelector(".htmx-request")) return false; // asked for each message
    const leaving = [...messages].slice(0, SPARE - MOST);
    if (leaving.some(isHeld)) return false;
    for (const element of leaving) element.remove();
    offerOlder(seqOf(list().querySelector('.message:not([data-seq=""])')));
    return true;
  }
  /* Take the newest away of who reads further up. */
  function trimBelow() {
    const leaving = [...list().children].slice(MOST).filter((element) => !isHeld(element));
    for (const element of leaving) element.remove();
    if (leaving.length) skip(leaving.length);
  }
  function skip(count) {
    skipped = true;
    following = false;
    offerNewer(count);
  }
  const isHeld = (element) => element.matches(".pending") || isInUse(element);
  function isInUse(element) {
    const selection = getSelection();
    return (
      element.contains(document.activeElement) || (!selection.isCollapsed && selection.containsNode(element, true))
    );
  }
  function offerOlder(seq) {
    const item = document.getElementById("older-messages").content.firstElementChild.cloneNode(true);
    item.firstElementChild.setAttribute("hx-get", `${panel.dataset.chat}?before=${seq}`);
    list().prepend(item);
    htmx.process(item);
  }
  /* Whether a new message waits on the server: while one reads further up in a list that is long already. */
  function skips(element) {
    const isNew = element === list().lastElementChild && seqOf(element);
    if (arriving && isNew) arriving.push(element);
    if (!isNew || following || (!skipped && list().children.length < MOST)) return false;
    element.remove();
    skip(1);
    return true;
  }
  /* The newest page takes the place of the list. What comes meanwhile and is not in it stands behind it. */
  let arriving = null;
  async function catchUp() {
    if (arriving) return;
    arriving = [];
    const response = await fetch(panel.dataset.chat, { cache: "no-store" }).catch(() => null);
    const page = response?.ok && (await response.text());
    const came = [...list().querySelectorAll(".pending"), ...arriving];
    arriving = null;
    if (!page) return; // the button stays
    skipped = false;
    list().innerHTML = page;
    htmx.process(list());
    for (const element of came) if (!document.getElementById(element.id)) list().append(element);
    came.filter((element) => element.isConnected).forEach(sort);
    markAll();
    toEnd();
  }

  /* Who reads downwards comes from page to page to the newest. */
  async function goOn() {
    if (arriving || !skipped) return;
    arriving = [];
    const last = seqOf(lastSettled());
    const response = await fetch(`${panel.dataset.chat}?after=${last}`, { cache: "no-store" }).catch(() => null);
    const page = document.createElement("template");
    page.innerHTML = response?.ok ? await response.text() : "";
    const newer = [...page.content.children].filter((element) => isMessage(element) && seqOf(element) > last);
    const came = newer.length || !response?.ok ? newer : arriving; // nothing newer: what came meanwhile is all
    skipped = came === newer;
    arriving = null;
    for (const element of came) {
      if (document.getElementById(element.id)) continue;
      list().append(element);
      htmx.process(element);
      sort(element);
    }
    keepPlace(trim);
    markAll();
    if (response?.ok && nearEnd()) skipped ? goOn() : toEnd();
  }
  /* What one reads stays where it is, whatever leaves above. */
  function keepPlace(change) {
    const below = scroller.scrollHeight - scroller.scrollTop;
    if (change()) scroller.scrollTop = scroller.scrollHeight - below;
  }

  /* Bring a message into view that may be far above: then the page around it takes the place of the list. */
  async function show(id, seq) {
    const element = document.getElementById(`message-${id}`);
    if (element) return reveal(element);
    const response = await fetch(`${panel.dataset.chat}?around=${seq}`).catch(() => null);
    if (!response?.ok) return;
    list().innerHTML = await response.text();
    htmx.process(list());
    skip(1); // the newest page is one press away
    words.textContent = newer.dataset.newest;
    markAll();
    const found = document.getElementById(`message-${id}`);
    if (found) reveal(found);
  }
  function reveal(element) {
    element.scrollIntoView({ block: "center" });
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
  }

  /* Older messages come in above: what one reads stays where it is. */
  let before = null;
  document.body.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
    if (target.classList?.contains("older")) before = scroller.scrollHeight - scroller.scrollTop;
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    if (before === null) return;
    scroller.scrollTop = scroller.scrollHeight - before;
    before = null;
    trimBelow();
    markAll();
  });

  document.addEventListener("live:swapped", ({ detail }) => {
    if (detail.id !== "messages") return;
    skipped = false;
    markAll();
  });
  markAll();
  window.chatList = { list, take, toEnd, show, lastSettled, isFollowing: () => following };
})();
