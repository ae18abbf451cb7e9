// @ts-check
/** Watches lines and the microphone while one talks, and says what is to be done: by `rules.js`. Touches no document. */
import { isDead, isSilent, isThin, sample, THIN_TIMES, WEAK_TIMES } from "./rules.js";

/** @typedef {import("./peer.js").Peer} Peer */
/** @typedef {{dead: (peer: Peer) => void, thin: (peer: Peer) => void, weak: (peer: Peer) => void, silent: () => void,
 *   isOn: () => boolean, isGiving: (peer: Peer) => boolean}} Says */

const TICK_MS = 300;
const EACH_MS = 1000;
/** A line that was just made, or was given its picture back, has so long to show what it carries. */
const GRACE_MS = 6000;

/** @type {WeakMap<Peer, {dead: {mediaAt?: number}, thin: object, weak: object, judgedAt: number, since: number}>} */
const memories = new WeakMap();
const microphone = {};

/** @param {Peer} peer */
function memory(peer) {
  const now = performance.now();
  const found = memories.get(peer) ?? { dead: {}, thin: {}, weak: {}, judgedAt: now, since: now };
  memories.set(peer, found);
  return found;
}

/** Gives a line time anew before it is judged. @param {Peer} peer */
export function spare(peer) {
  const found = memory(peer);
  [found.since, found.thin, found.weak] = [performance.now(), {}, {}];
}

/** @param {() => Peer[]} peers @param {Says} says */
export function watch(peers, says) {
  setInterval(async () => {
    let energy = -1;
    for (const peer of peers()) {
      if (!peer.pc) continue;
      const stats = [...(await peer.pc.getStats()).values()];
      for (const one of stats) if (one.type === "media-source" && one.kind === "audio") energy = one.totalAudioEnergy ?? -1;
      judge(peer, stats, says);
    }
    if (energy >= 0 && says.isOn() && isSilent(microphone, energy, performance.now())) says.silent();
  }, TICK_MS);
}

/** @param {Peer} peer @param {any[]} stats @param {Says} says */
function judge(peer, stats, says) {
  const now = performance.now();
  const seen = sample(stats, now);
  const kept = memory(peer);
  if (isDead(kept.dead, seen, peer.isSeeking())) says.dead(peer);
  if (seen.media && kept.dead.mediaAt === now) [peer.missed, peer.soughtAt] = [-1, -Infinity];
  if (now - kept.judgedAt < EACH_MS) return;
  kept.judgedAt = now;
  if (now - kept.since < GRACE_MS || peer.pc?.connectionState !== "connected") return;
  if (!says.isGiving(peer) && isThin(kept.thin, seen, THIN_TIMES)) says.thin(peer);
  else if (says.isGiving(peer) && isThin(kept.weak, { ...seen, available: undefined }, WEAK_TIMES)) says.weak(peer);
}
