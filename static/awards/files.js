/* A telephone's photo is several MB: it is made smaller here, before it is sent. What cannot be, the server says. */
(() => {
  "use strict";
  const MOST = 700_000; // bytes that are sent as they are
  const SIDE = 1600; // pixels, as common/uploads.py keeps them
  const field = document.querySelector("[data-award-file] input[type=file]");
  if (!field) return;

  async function smaller(file) {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  }

  field.addEventListener("change", async () => {
    const [file] = field.files;
    if (!file?.type.startsWith("image/") || file.size < MOST) return;
    try {
      const blob = await smaller(file);
      const chosen = new DataTransfer();
      chosen.items.add(new File([blob], file.name, { type: blob.type }));
      field.files = chosen.files;
    } catch {
      // no image that this browser reads: sent as it is
    }
  });
})();
