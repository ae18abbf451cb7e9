// @ts-check
/** Watches lines and the microphone, and says what is to be done: by `rules.js`. */
import { isDead, isSilent, sample, thinness } from "./rules.js";

/** @typedef {import("./peer.js").Peer} Peer */
/** @typedef {Record<"dead" | "alive" | "thin" | "weak" | "silent" | "isOn", Function>} Says */

const TICK_MS = 300;
const EACH_MS = 1000;
/** A line that is new, or has its picture back, shows within this what it carries. */
const GRACE_MS = 6000;

const microphone = {};
/** Told of the lines as the page goes, of nobody. */
export const line = { first: 0, relayed: 0, lost: 0, came: 0, drops: 0 };

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
      const seen = sample([...(await peer.pc.getStats()).values()], performance.now());
      energy = Math.max(energy, seen.energy);
      line.lost += Math.max(0, seen.lost - peer.seen.lost);
      line.came += Math.max(0, seen.media - peer.seen.came);
      Object.assign(peer.seen, { lost: seen.lost, came: seen.media });
      if (seen.isRelayed) line.relayed = 1;
      judge(peer, seen, says);
    }
    if (energy >= 0 && says.isOn() && isSilent(microphone, energy, performance.now())) says.silent();
  }, TICK_MS);
}

/** @param {Peer} peer @param {import("./rules.js").Sample} seen @param {Says} says */
function judge(peer, seen, says) {
  const now = seen.at;
  const kept = peer.seen;
  if (isDead(kept.dead, seen, peer.isSeeking())) says.dead(peer);
  if (seen.media && kept.dead.mediaAt === now) {
    [peer.missed, peer.soughtAt] = [-1, -Infinity];
    says.alive(peer);
  }
  if (now - kept.judgedAt < EACH_MS) return;
  kept.judgedAt = now;
  if (now - kept.since < GRACE_MS || peer.pc?.connectionState !== "connected") return;
  const { thin, isWeak } = thinness(kept.thin, seen);
  if (thin > peer.thin) says.thin(peer, thin);
  else if (peer.thin && isWeak) says.weak();
}
