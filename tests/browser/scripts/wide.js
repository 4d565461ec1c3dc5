// What reaches beyond 320 px, from the outside in.
() =>
  [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > 321)
    .map((element) => `${element.tagName.toLowerCase()}.${element.className}#${element.id}`)
    .slice(0, 20);
