// @ts-check
/** @type {AudioContext | undefined} */
let context;

/** Returns what plays, once somebody has touched the page. */
export function player() {
  context ??= new AudioContext();
  context.resume();
  return context;
}

/** Plays three notes. @param {number[]} [pitches] */
export function chime(pitches = [523, 659, 784]) {
  const out = player();
  pitches.forEach((pitch, place) => {
    const note = new OscillatorNode(out, { frequency: pitch });
    const loud = new GainNode(out, { gain: 0.2 });
    const from = out.currentTime + 0.3 * place;
    note.connect(loud).connect(out.destination);
    note.start(from);
    note.stop(from + 0.26);
  });
}

/** Says whether a sound would be heard: browsers keep still until somebody has touched the page. */
export const isAwake = () => context?.state === "running";
