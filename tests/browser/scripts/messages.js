async ([begin, count, inFrames]) => {
  /* `count` messages come, numbered from `begin`: each in a frame of its own, or all at once. */
  const model = document.querySelector("#messages .message");
  const after = Number(document.querySelector("#messages .message:last-child").dataset.seq) + 1;
  for (let number = 0; number < count; number++) {
    const message = model.cloneNode(true);
    message.id = `message-${live.uuid()}`;
    message.dataset.seq = after + number;
    message.querySelector(".message-text").textContent = `message ${begin + number}`;
    live.swap(message.outerHTML);
    if (inFrames) await new Promise(requestAnimationFrame);
  }
};
