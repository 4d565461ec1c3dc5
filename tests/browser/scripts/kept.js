(text) => {
  // By how many pixels a line is below the upper edge of the transcript.
  const line = [...document.querySelectorAll(".caption-line")].find(({ textContent }) => textContent.includes(text));
  return line.getBoundingClientRect().top - document.querySelector(".transcript-scroll").getBoundingClientRect().top;
};
