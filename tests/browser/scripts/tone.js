/* The loudest tone of the player's sound, in Hz. */
() => {
  if (!window.heard) {
    const context = new AudioContext({ sampleRate: 48000 });
    const analyser = new AnalyserNode(context, { fftSize: 4096 });
    context.createMediaElementSource(player.video).connect(analyser).connect(context.destination);
    window.heard = { context, analyser };
  }
  const { context, analyser } = window.heard;
  context.resume();
  const bins = new Uint8Array(analyser.frequencyBinCount);
  analyser.getByteFrequencyData(bins);
  const loudest = bins.indexOf(Math.max(...bins));
  return Math.max(...bins) ? (loudest * context.sampleRate) / analyser.fftSize : 0;
};
