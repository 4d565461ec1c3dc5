/* Messages of one author in a row stand together, and a line says when another day begins. One look at the neighbour
   per message: the list may be long. */
(() => {
  "use strict";
  const panel = document.querySelector("[data-chat]");
  if (!panel) return;
  const TOGETHER = 5 * 60_000; // ms between two messages of one author that stand together
  const me = () => document.body.dataset.participant;
  const zone = () => document.body.dataset.zone || undefined;
  let format = null;
  const dayOf = (element) => {
    format ??= new Intl.DateTimeFormat(live.language, {
      weekday: "long",
      day: "numeric",
      month: "long",
      timeZone: zone(),
    });
    element.dataset.day ||= format.format(Date.parse(element.dataset.sent));
    return element.dataset.day;
  };
  const isMessage = (element) => Boolean(element?.matches(".message:not(.chat-card)"));

  function place(element) {
    if (!isMessage(element)) return;
    const before = previous(element);
    const isSame =
      isMessage(before) &&
      !element.matches(".removed") &&
      !before.matches(".removed") &&
      !element.querySelector(".message-quote") &&
      authorOf(before) === authorOf(element) &&
      sentAt(element) - sentAt(before) < TOGETHER;
    element.classList.toggle("together", isSame);
    mark(element, before);
  }
  function previous(element) {
    const before = element.previousElementSibling;
    return before?.matches(".unread-line") ? null : before;
  }
  const authorOf = (element) => element.dataset.author ?? me(); // what is on its way is one's own
  const sentAt = (element) => Date.parse(element.dataset.sent) || Date.now();
  function mark(element, before) {
    if (!element.dataset.sent || !isMessage(before) || !before.dataset.sent || dayOf(before) === dayOf(element))
      return element.removeAttribute("data-new-day");
    element.setAttribute("data-new-day", dayOf(element)); // drawn by the style sheet
    element.classList.remove("together");
  }
  /* The element and the one behind it may stand differently now. */
  function around(element) {
    place(element);
    place(element.nextElementSibling);
  }
  function all() {
    for (const element of document.getElementById("messages").children) place(element);
  }
  window.chatGroups = { around, all };
})();
