// @ts-check
/** When a line is dead, thin or too weak, and when a microphone gives nothing: numbers in, yes or no out. */

/** @typedef {ReturnType<typeof sample>} Sample */

const DEAD_MS = 1500;
const QUIET_MS = 6000;
const FEW_BITS = 90000;
const CONCEALED = 0.12;
/** Sound that waits so long to be played came through a queue: the line is full, and does not only lose. */
const LATE_S = 0.12;
const THIN_TIMES = 2;
const WEAK_TIMES = 5;
const SILENT_MS = 3000;

/** Adds up what a connection says of itself. @param {any[]} stats @param {number} at */
export function sample(stats, at) {
  const found = { at, media: 0, lost: 0, all: 0, concealed: 0, samples: 0, delay: 0, played: 0, available: Infinity, isRelayed: false, energy: -1 };
  /** @type {string[]} */
  const used = [];
  for (const one of stats) {
    if (one.type === "media-source" && one.kind === "audio") found.energy = one.totalAudioEnergy ?? -1;
    if (one.type === "inbound-rtp") {
      found.media += one.packetsReceived ?? 0;
      found.lost += one.packetsLost ?? 0;
      if (one.kind !== "audio") continue;
      found.concealed += (one.concealedSamples ?? 0) - (one.silentConcealedSamples ?? 0);
      found.samples += one.totalSamplesReceived ?? 0;
      found.delay += one.jitterBufferDelay ?? 0;
      found.played += one.jitterBufferEmittedCount ?? 0;
    }
    if (one.type === "candidate-pair" && one.nominated) {
      found.all += (one.responsesReceived ?? 0) + (one.requestsReceived ?? 0);
      used.push(one.localCandidateId, one.remoteCandidateId);
      if (one.availableOutgoingBitrate) found.available = one.availableOutgoingBitrate;
    }
  }
  found.isRelayed = stats.some((one) => one.candidateType === "relay" && used.includes(one.id));
  found.all += found.media;
  return found;
}

/** Says whether nothing comes any more: never waits until the browser calls it failed.
 * @param {{media?: number, all?: number, mediaAt?: number, allAt?: number}} memory @param {Sample} now
 * @param {boolean} isSeeking Another try would end this one. */
export function isDead(memory, now, isSeeking) {
  if (now.media !== memory.media) [memory.media, memory.mediaAt] = [now.media, now.at];
  if (now.all !== memory.all) [memory.all, memory.allAt] = [now.all, now.at];
  if (isSeeking || !now.all) return !isSeeking;
  // Where no sound or picture ever came, only the line itself gives a sign, every few seconds.
  return now.media ? now.at - (memory.mediaAt ?? 0) > DEAD_MS : now.at - (memory.allAt ?? 0) > QUIET_MS;
}

/** Says how thin a line is, and whether it carries speech no more: 1 where it loses too much, 2 where it is full.
 * Asked once a second. @param {{before?: Sample, times?: number, bad?: number}} memory @param {Sample} now */
export function thinness(memory, now) {
  const before = memory.before ?? now;
  memory.before = now;
  const isBad = now.concealed - before.concealed > CONCEALED * (now.samples - before.samples);
  memory.bad = isBad ? (memory.bad ?? 0) + 1 : 0;
  memory.times = isBad || now.available < FEW_BITS ? (memory.times ?? 0) + 1 : 0;
  const isLate = now.delay - before.delay > LATE_S * (now.played - before.played);
  return { thin: memory.times < THIN_TIMES ? 0 : isLate ? 2 : 1, isWeak: memory.bad >= WEAK_TIMES };
}

/** Says whether a microphone that is on gives nothing at all: a room is never so quiet.
 * @param {{energy?: number, since?: number}} memory @param {number} energy @param {number} at */
export function isSilent(memory, energy, at) {
  if (energy !== memory.energy || memory.since === undefined) [memory.energy, memory.since] = [energy, at];
  if (at - memory.since < SILENT_MS) return false;
  memory.since = at;
  return true;
}
