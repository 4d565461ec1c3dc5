/* Uploads a file in pieces that the server's limit lets through, and goes on to the mapping. */
(() => {
  "use strict";
  const form = document.querySelector("[data-upload]"),
    PIECE = 512 * 1024;
  if (!form) return;
  const told = form.querySelector("[data-progress]");

  async function send(address, fields) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const answer = await fetch(address, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (!answer.ok)
      throw new Error(new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent.trim());
    return answer.json();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = form.elements.table.files[0],
      button = form.querySelector("button");
    button.disabled = true;
    try {
      const { pk } = await send(form.action, { name: file.name });
      const address = `${form.action}${pk}/piece/`,
        count = Math.max(1, Math.ceil(file.size / PIECE));
      for (let number = 0; number < count; number++) {
        await send(address, { number, data: file.slice(number * PIECE, (number + 1) * PIECE) });
        told.textContent = `${Math.round((100 * (number + 1)) / count)} %`;
      }
      location.assign((await send(address, { pieces: count })).next);
    } catch (error) {
      told.textContent = error.message || told.dataset.failed;
      button.disabled = false;
    }
  });
})();
