/** Whether anything is noted now: off, paused or on. The background asks it before each note, the pages show it. */
import { isGranted } from "./consent.js";

/** @typedef {{until: number | null}} Pause `until` in milliseconds, or null: for good */

const HOUR_MS = 3_600_000;

/** @param {number} now @returns {Pause} */
export const pauseOfAnHour = (now) => ({ until: now + HOUR_MS });

/** @type {Pause} */
export const PAUSE_FOR_GOOD = Object.freeze({ until: null });

/** @param {Pause | null | undefined} pause @param {number} now */
export function isPaused(pause, now) {
  return Boolean(pause) && (pause?.until === null || Number(pause?.until) > now);
}

/** @param {{consent?: import("./consent.js").Agreement[], pause?: Pause | null}} kept
 * @param {number} now
 * @param {readonly import("./consent.js").Purpose[]} purposes those that note something by themselves here
 * @returns {"off" | "paused" | "on"}
 */
export function stateOf({ consent, pause }, now, purposes = ["sites"]) {
  if (!purposes.some((purpose) => isGranted(consent, purpose, now))) return "off";
  return isPaused(pause, now) ? "paused" : "on";
}
