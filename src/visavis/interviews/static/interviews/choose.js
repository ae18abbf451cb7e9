// @ts-check
/** Which camera and microphone, and whether what is behind her is blurred, where her browser does that by itself: loaded
 * once she opens it, or has asked for blur before. No picture is looked at by any code of ours. */
import { blurs } from "./blur.js";
import * as devices from "./devices.js";
import { mine, own, retake, tracks } from "./own.js";
import { press, root } from "./page.js";

/** @typedef {import("./peer.js").Kind} Kind */

/** @type {[Kind, HTMLSelectElement][]} */
const selects = ["audio", "video"].map((kind) => /** @type {any} */ ([kind, document.getElementById(`room-${kind}`)]));
const blur = /** @type {HTMLInputElement} */ (document.getElementById("room-blur"));

async function list() {
  blurred();
  for (const [kind, select] of selects) {
    const now = tracks[kind]?.getSettings().deviceId;
    select.replaceChildren(...(await devices.choices(kind)).map((one, at) => new Option(one.label || `${at + 1}`, one.deviceId, false, one.deviceId === now)));
    select.disabled = !select.options.length;
  }
}

/** Offered where the camera that is on can do both; what was chosen before is done again, what the machine does is said. */
async function blurred() {
  const track = tracks.video;
  const isOffered = blurs(track);
  /** @type {HTMLElement} */ (blur.closest("label")).hidden = !isOffered;
  if (!track || !isOffered) return;
  const isOn = () => Boolean(/** @type {any} */ (track.getSettings()).backgroundBlur);
  const isWanted = devices.kept().blur;
  if (isWanted !== undefined && Boolean(isWanted) !== isOn()) {
    const how = /** @type {MediaTrackConstraints} */ ({ ...track.getConstraints(), backgroundBlur: Boolean(isWanted) });
    await track.applyConstraints(how).catch(() => undefined);
  }
  blur.checked = isOn();
}

for (const [kind, select] of selects) {
  select.addEventListener("change", () => {
    devices.keep(kind, select.value);
    retake(kind);
  });
}
blur.addEventListener("change", () => {
  devices.keep("blur", blur.checked ? "1" : "");
  blurred();
});
press("signs", mine.signs);
// Heard after the room has done it.
root.addEventListener("click", (event) => {
  if (/** @type {HTMLElement} */ (event.target).closest("[data-do=signs]")) devices.keep("signs", mine.signs ? "1" : "");
});
own.addEventListener("visavis:used", list);
navigator.mediaDevices?.addEventListener?.("devicechange", list);
list();
