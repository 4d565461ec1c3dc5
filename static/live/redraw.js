/* Redraws keep what a person is at: changed fields, caret, selection, open parts. While an input method composes,
   they wait. */
(() => {
  "use strict";
  const CONTROLS = "form, details, summary, input, select, textarea, button, a";
  const waiting = []; // { id, draw }: redraws held back by a composition, in their order
  let composing = null; // the field in which an input method is at work

  addEventListener(
    "compositionstart",
    ({ target }) => {
      composing = target;
    },
    true,
  );
  addEventListener(
    "compositionend",
    () => {
      composing = null;
      setTimeout(release); // when the browser has put the words into the field
    },
    true,
  );

  /* Whether the redraw of an element has to wait; `draw` is then called later. */
  function waits(old, draw) {
    if (composing && !composing.isConnected) composing = null; // taken away in the middle: no event tells of its end
    if (!composing && waiting.length) release();
    const holds = ({ id }) => document.getElementById(id)?.contains(old);
    if (!old.contains(composing) && !waiting.some(holds)) return false;
    waiting.push({ id: old.id, draw });
    return true;
  }

  function release() {
    for (const { draw } of waiting.splice(0)) draw();
  }

  /* Put a new drawing of an element in its place. Gives back what stands there then. */
  function put(old, drawing) {
    if (!inUse(old)) {
      old.replaceWith(drawing);
      return drawing;
    }
    const changed = new Set(fieldsOf(old).filter(isChanged));
    const focused = old.contains(document.activeElement) && document.activeElement;
    const place = focused && placeOf(old, focused);
    nameControls(old, drawing);
    const [shown] = Idiomorph.morph(old, drawing, {
      callbacks: { beforeAttributeUpdated: (attribute, node) => !isKept(attribute, node, changed) },
    });
    for (const control of shown.querySelectorAll('[id^="keep-"]')) control.removeAttribute("id");
    if (focused && !shown.contains(document.activeElement)) place(shown)?.focus({ preventScroll: true });
    return shown;
  }

  const fieldsOf = (root) => [...root.querySelectorAll("input:not([type=hidden]), select, textarea")];

  function inUse(old) {
    const selection = getSelection();
    return (
      old.matches(":focus-within, :active") ||
      old.querySelector("details[open], dialog[open]") ||
      (!selection.isCollapsed && selection.containsNode(old, true)) ||
      fieldsOf(old).some(isChanged)
    );
  }

  /* Whether a field holds something else than what was drawn. */
  function isChanged(field) {
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (!field.options) return field.value !== field.defaultValue;
    const drawn = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(0, drawn);
  }

  /* What a new drawing leaves as it is. */
  function isKept(attribute, node, changed) {
    if (attribute === "open") return true;
    if (attribute === "selected") return changed.has(node.closest("select"));
    if (attribute === "checked") return changed.has(node);
    return attribute === "value" && changed.has(node) && node.type !== "radio" && node.type !== "checkbox";
  }

  /* The same control of two drawings gets the same id for a moment, so that no field is taken for another. */
  function nameControls(...drawings) {
    const numbers = new Map();
    for (const drawing of drawings) {
      const times = {};
      for (const control of drawing.querySelectorAll(CONTROLS)) {
        if (control.hasAttribute("id")) continue;
        const what = identity(control);
        times[what] = (times[what] ?? 0) + 1;
        const key = `${what} ${times[what]}`;
        if (!numbers.has(key)) numbers.set(key, numbers.size);
        control.setAttribute("id", `keep-${numbers.get(key)}`);
      }
    }
  }

  function identity(control) {
    const attribute = (name) => control.getAttribute(name) ?? "";
    const form = control.parentElement.closest("form")?.getAttribute("id");
    const isChoice = control.localName === "button" || ["radio", "checkbox"].includes(attribute("type"));
    const label = control.localName === "details" ? control.querySelector("summary") : control;
    const words =
      control.localName === "form" ? attribute("action") : attribute("aria-label") || label?.textContent.trim();
    return [
      form,
      control.localName,
      attribute("name") ? attribute("name") : words,
      isChoice ? attribute("value") : "",
    ].join("|");
  }

  /* A function that finds in a new drawing what had the focus: by its field's name, else by its place. */
  function placeOf(old, focused) {
    if (focused.name) {
      const alike = (root) => [...root.querySelectorAll(`[name="${CSS.escape(focused.name)}"]`)];
      const index = alike(old).indexOf(focused);
      return (root) => alike(root)[index];
    }
    const steps = [];
    for (let part = focused; part !== old; part = part.parentElement)
      steps.unshift([...part.parentElement.children].indexOf(part));
    return (root) => steps.reduce((part, index) => part?.children[index], root);
  }

  /* Move what may hold the focus: focus and selection go with it. */
  function move(element, act) {
    const focused = element.contains(document.activeElement) && document.activeElement;
    const range = focused && [focused.selectionStart, focused.selectionEnd];
    act();
    if (!focused || focused === document.activeElement) return;
    focused.focus({ preventScroll: true });
    if (range[1]) focused.setSelectionRange(...range);
  }

  /* Bring children into this order around the one that has the focus, which is not touched. */
  function arrange(parent, children) {
    const still = children.find((child) => child.contains(document.activeElement));
    const at = children.indexOf(still);
    children.forEach((child, index) => {
      if (index < at) still.before(child);
      else if (child !== still) parent.append(child);
    });
  }

  /* Whether a person types here at the moment. */
  const isTyping = (root) =>
    Boolean(
      document.activeElement?.matches("textarea, input:not([type=checkbox], [type=radio])") &&
        root.contains(document.activeElement),
    );

  /* Whether a key sends: Enter, but not the one that ends a composition (Safari reports it afterwards, as 229). */
  const sends = (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;

  /* A tool of a pushed element that has done its work is empty and closed again. */
  function finish(form) {
    if (!form.matches("[data-live-into] form[hx-swap=none]")) return;
    form.reset();
    const details = form.closest("[data-live-into] details") || form.querySelector("details");
    if (details) details.open = false;
  }
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (detail.successful && target.isConnected && target.matches("form")) finish(target);
  });

  window.redraw = { waits, put, move, arrange, isTyping, sends };
})();
