// @ts-check
/** When a line is dead, thin or too weak, and when a microphone gives nothing: numbers in, yes or no out.
 * Each keeps what it has seen in a memory of its own. */

/** @typedef {{at: number, media: number, all: number, available?: number, concealed: number, samples: number}} Sample */

const DEAD_MS = 1500;
const QUIET_MS = 6000;
const FEW_BITS = 90000;
const CONCEALED = 0.12;
export const THIN_TIMES = 2;
export const WEAK_TIMES = 5;
const SILENT_MS = 3000;

/** Adds up what a connection says of itself. @param {Iterable<any>} stats @param {number} at @returns {Sample} */
export function sample(stats, at) {
  const found = { at, media: 0, all: 0, concealed: 0, samples: 0, available: /** @type {number | undefined} */ (undefined) };
  for (const one of stats) {
    if (one.type === "inbound-rtp") found.media += one.packetsReceived ?? 0;
    if (one.type === "inbound-rtp" && one.kind === "audio") {
      found.concealed += (one.concealedSamples ?? 0) - (one.silentConcealedSamples ?? 0);
      found.samples += one.totalSamplesReceived ?? 0;
    }
    if (one.type === "candidate-pair" && one.nominated) {
      found.all += (one.responsesReceived ?? 0) + (one.requestsReceived ?? 0);
      if (one.availableOutgoingBitrate) found.available = one.availableOutgoingBitrate;
    }
  }
  found.all += found.media;
  return found;
}

/** Says whether nothing comes any more, so that a new way is looked for: never waits until the browser calls it failed.
 * @param {{media?: number, all?: number, mediaAt?: number, allAt?: number}} memory @param {Sample} now
 * @param {boolean} isSeeking Another try would end this one. */
export function isDead(memory, now, isSeeking) {
  if (now.media !== memory.media) [memory.media, memory.mediaAt] = [now.media, now.at];
  if (now.all !== memory.all) [memory.all, memory.allAt] = [now.all, now.at];
  if (isSeeking || !now.all) return !isSeeking;
  // Where no sound or picture ever came, only the line itself gives a sign, every few seconds.
  return now.media ? now.at - (memory.mediaAt ?? 0) > DEAD_MS : now.at - (memory.allAt ?? 0) > QUIET_MS;
}

/** Says whether a line carries speech no more, so often in a row. Asked once a second.
 * @param {{before?: Sample, times?: number}} memory @param {Sample} now @param {number} times */
export function isThin(memory, now, times) {
  const before = memory.before;
  memory.before = now;
  const heard = before ? now.samples - before.samples : 0;
  const concealed = before && heard > 0 ? (now.concealed - before.concealed) / heard : 0;
  const isBad = (now.available !== undefined && now.available < FEW_BITS) || concealed > CONCEALED;
  memory.times = isBad ? (memory.times ?? 0) + 1 : 0;
  return memory.times >= times;
}

/** Says whether a microphone that is on gives nothing at all: a room is never so quiet.
 * @param {{energy?: number, since?: number}} memory @param {number} energy @param {number} at */
export function isSilent(memory, energy, at) {
  if (energy !== memory.energy || memory.since === undefined) [memory.energy, memory.since] = [energy, at];
  if (at - memory.since < SILENT_MS) return false;
  memory.since = at;
  return true;
}
