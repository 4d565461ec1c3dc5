function order() {
  // The published questions, from the first to the last.
  const texts = document.querySelectorAll("#questions .question.is-approved .question-text");
  return [...texts].map((text) => text.textContent);
}
