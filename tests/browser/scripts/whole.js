function whole() {
  // Whether the question on stage is shown from its first to its last line.
  const text = document.querySelector(".pin-text");
  const box = text.parentElement;
  return text.scrollHeight <= text.clientHeight + 1 && box.scrollHeight <= box.clientHeight + 1;
}
