/* A picture that is larger than the server takes is made smaller here: a telephone's has several MB. What is too large
   all the same is said at once and not sent: the server hangs up on it, and a draft would be lost. */
(() => {
  "use strict";
  const LARGEST = 900_000; // bytes, where a field says nothing else: a request has at most 1 MB
  const SIDE = 1600; // pixels of the longer side, as the server keeps it
  const WAYS = ["webp 0.85", "webp 0.6", "jpeg 0.85", "jpeg 0.6", "jpeg 0.3"]; // the first that is small enough
  const { fileTooLarge, fileBusy } = document.body.dataset;
  const largestOf = (field) => Number(field.dataset.largest ?? LARGEST);

  async function drawn(file) {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    return canvas;
  }

  /* The picture in at most so many bytes, or undefined. Where WebP is not written, browsers give PNG: not that. */
  async function smaller(file, largest) {
    const canvas = await drawn(file);
    for (const [kind, quality] of WAYS.map((way) => way.split(" "))) {
      const made = await new Promise((done) => canvas.toBlob(done, `image/${kind}`, Number(quality)));
      if (made?.type === `image/${kind}` && made.size <= largest) return made;
    }
  }

  async function fit(field) {
    const file = field.files[0];
    const largest = largestOf(field);
    field.setCustomValidity("");
    if (!file || file.size <= largest) return;
    field.setCustomValidity(fileBusy);
    const made = file.type.startsWith("image/") && (await smaller(file, largest).catch(() => null));
    if (field.files[0] !== file) return; // another was chosen meanwhile
    if (made) {
      const chosen = new DataTransfer();
      chosen.items.add(new File([made], file.name, { type: made.type }));
      field.files = chosen.files;
    }
    field.setCustomValidity(made ? "" : fileTooLarge.replace("%n", Math.floor(largest / 1000)));
    field.reportValidity();
  }

  function hold(event) {
    const field = [...event.target.querySelectorAll("input[type=file]")].find(({ validity }) => validity.customError);
    if (!field) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    field.reportValidity();
  }

  document.addEventListener("change", ({ target }) => target.type === "file" && fit(target));
  document.addEventListener("submit", hold, true); // before whoever sends it
})();
