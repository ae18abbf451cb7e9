// @ts-check
/** One's own camera and microphone: what is sent, what is switched off, and which devices they are. */
import * as devices from "./devices.js";
import { button, press, say } from "./page.js";

/** @typedef {import("./peer.js").Kind} Kind */
/** @typedef {{muted: boolean, dark: boolean, hand: boolean, signs: boolean, thin?: number,
 *   captions?: {line: number, words: string, isWhole: boolean}}} State */

export const own = /** @type {HTMLVideoElement} */ (document.getElementById("room-own"));
/** @type {import("./peer.js").Tracks} */
export const tracks = { audio: null, video: null };
/** @type {State} */
export const mine = { muted: false, dark: false, hand: false, signs: !!devices.kept().signs };
/** Who is told that another track is sent. @type {{send: (kind: Kind, track: MediaStreamTrack | null) => void}} */
export const outward = { send() {} };

/** @param {Kind} kind @param {import("./devices.js").Taken} taken */
export function use(kind, taken) {
  if (tracks[kind] !== taken.track) tracks[kind]?.stop();
  tracks[kind] = taken.track;
  if (taken.track) {
    taken.track.enabled = kind === "video" || !mine.muted;
    taken.track.addEventListener("ended", () => tracks[kind] === taken.track && retake(kind), { once: true });
  }
  outward.send(kind, taken.track);
  if (kind === "video") own.srcObject = taken.track ? new MediaStream([taken.track]) : null;
  if (taken.why) say(kind + taken.why);
  if (kind === "video") mine.dark = !taken.track;
  press("camera", !mine.dark);
  own.dispatchEvent(new Event("visavis:used"));
}

/** @param {Kind} [kind] */
export async function retake(kind = "audio") {
  use(kind, await devices.take(kind));
  button("speak").hidden = true;
}

document.addEventListener("visibilitychange", () => {
  // After a phone call the microphone may be there and give nothing.
  if (!document.hidden && tracks.audio && (tracks.audio.muted || tracks.audio.readyState === "ended")) retake();
});

export async function open() {
  const found = await devices.both();
  use("video", found.video);
  use("audio", found.audio);
}

export function mute() {
  mine.muted = !mine.muted;
  if (tracks.audio) tracks.audio.enabled = !mine.muted;
  else if (!mine.muted) retake();
  say(mine.muted ? "muted" : "unmuted");
  press("microphone", !mine.muted);
}

/** Off means off: its light goes out. */
export async function darken() {
  use("video", mine.dark ? await devices.take("video") : { track: null, why: "" });
}

export function mirror() {
  press("mirror", own.classList.toggle("mirror"));
}

export function stop() {
  for (const track of [tracks.audio, tracks.video]) track?.stop();
}
