// @ts-check
/** How loud one speaks: nothing of it is kept. */
import { player } from "./sound.js";

/** Measures how loud a stream is, from 0 to 1. @param {MediaStream} stream */
export function loudness(stream) {
  const out = player();
  const source = out.createMediaStreamSource(stream);
  const look = new AnalyserNode(out, { fftSize: 1024 });
  const values = new Float32Array(look.fftSize);
  source.connect(look);
  return {
    read() {
      look.getFloatTimeDomainData(values);
      return Math.sqrt(values.reduce((sum, one) => sum + one * one, 0) / values.length);
    },
    close: () => source.disconnect(),
  };
}
