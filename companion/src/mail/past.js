/** Messages that Thunderbird holds already, read as a dropped file is: counted, told, and kept only when she says so. */
import { everything, textOfMessage } from "./inbox.js";
import { note, nothing } from "./read.js";

const BREATH_MS = 40;

/**
 * @param {any} api
 * @param {import("./words.js").Lexicon} lexicon
 * @param {import("./read.js").Options} options
 * @returns {Promise<import("./read.js").Reading>}
 */
export async function readPast(api, lexicon, { onProgress = () => undefined, signal, language = "fr" }) {
  const reading = nothing();
  const { count, numbers } = await everything(api);
  let breath = performance.now();
  for await (const id of numbers) {
    try {
      note(reading, await textOfMessage(api, id), lexicon, language);
    } catch {
      reading.broken += 1;
    }
    signal?.throwIfAborted();
    if (performance.now() - breath < BREATH_MS) continue;
    const messages = reading.messages + reading.broken;
    onProgress({ messages, about: Math.max(count, messages), part: count ? Math.min(1, messages / count) : 1 });
    breath = performance.now();
  }
  return reading;
}
