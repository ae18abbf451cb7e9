// @ts-check
/** Watches lines and the microphone while one talks, and says what is to be done: by `rules.js`. Touches no document. */
import { isDead, isSilent, sample, thinness } from "./rules.js";

/** @typedef {import("./peer.js").Peer} Peer */
/** @typedef {Record<"dead" | "thin" | "weak" | "silent" | "isOn", Function>} Says */

const TICK_MS = 300;
const EACH_MS = 1000;
/** A line that was just made, or was given its picture back, has so long to show what it carries. */
const GRACE_MS = 6000;

const microphone = {};

/** Gives a line time anew before it is judged. @param {Peer} peer */
export function spare(peer) {
  Object.assign(peer.seen, { since: performance.now(), thin: {} });
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
  const kept = peer.seen;
  if (isDead(kept.dead, seen, peer.isSeeking())) says.dead(peer);
  if (seen.media && kept.dead.mediaAt === now) [peer.missed, peer.soughtAt] = [-1, -Infinity];
  if (now - kept.judgedAt < EACH_MS) return;
  kept.judgedAt = now;
  if (now - kept.since < GRACE_MS || peer.pc?.connectionState !== "connected") return;
  const { thin, isWeak } = thinness(kept.thin, seen);
  if (thin > peer.thin) says.thin(peer, thin);
  else if (peer.thin && isWeak) says.weak();
}
