function waiting() {
  // What waits for a click or a hover instead of running by itself, or would if the CSP were not there.
  const attributes = [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes]);
  return attributes
    .filter(({ name, value }) => /^(on|hx-on|srcdoc)/.test(name) || /^[\s\u0000]*java\s*script:/i.test(value))
    .map(({ name, value, ownerElement }) => `<${ownerElement.localName} ${name}=${value}>`);
}
