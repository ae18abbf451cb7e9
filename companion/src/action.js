/** The button of the browser's bar: it shows whether anything is noted, and an alarm keeps it true. */
import { living } from "./consent.js";
import { isPaused, stateOf } from "./state.js";
import { api } from "./store.js";
import { bestLanguage, wordsIn } from "./words.js";

const ALARM = "state";
const BADGES = Object.freeze({ off: "–", paused: "II", on: "" });
const COLOURS = Object.freeze({ off: "#4b5361", paused: "#7a4a00", on: "#0b6b50" });

/** When the state will change by itself, if ever.
 * @param {{consent?: import("./consent.js").Agreement[], pause?: import("./state.js").Pause | null}} kept
 * @param {number} now
 */
export function nextChange({ consent, pause }, now) {
  const agreed = living(consent, "sites", now);
  const times = [agreed && Date.parse(agreed.until), isPaused(pause, now) && pause?.until];
  const found = times.filter((time) => typeof time === "number");
  return found.length ? Math.min(...found) : null;
}

/** @param {import("./store.js").Store} store */
export async function showState(store) {
  const now = Date.now();
  const kept = { consent: await store.read("consent"), pause: await store.read("pause") };
  const state = stateOf(kept, now);
  const wished = [await store.read("language"), api.i18n.getUILanguage()];
  const say = await wordsIn(bestLanguage(wished.filter(Boolean)));
  await api.action.setTitle({ title: say(`shell_action_${state}`) });
  await api.action.setBadgeText({ text: BADGES[state] });
  await api.action.setBadgeBackgroundColor({ color: COLOURS[state] });
  const when = nextChange(kept, now);
  if (when === null) await api.alarms.clear(ALARM);
  else await api.alarms.create(ALARM, { when });
}
