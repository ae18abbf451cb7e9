/** The button of the browser's bar: it shows whether anything is noted, and an alarm keeps it true. */
import { living } from "./consent.js";
import { isPaused, stateOf } from "./state.js";
import { api } from "./store.js";
import { bestLanguage, wordsIn } from "./words.js";

/** What is noted by itself here: sites, or mail in Thunderbird, where there are none. */
export const PURPOSE = /** @type {import("./consent.js").Purpose} */ (api?.messages ? "mail" : "sites");
const ALARM = "state";
const BADGES = Object.freeze({ off: "–", paused: "II", on: "" });
const COLOURS = Object.freeze({ off: "#4b5361", paused: "#7a4a00", on: "#0b6b50" });

/** When the state will change by itself, if ever.
 * @param {{consent?: import("./consent.js").Agreement[], pause?: import("./state.js").Pause | null}} kept
 * @param {number} now
 * @param {import("./consent.js").Purpose} purpose
 */
export function nextChange({ consent, pause }, now, purpose = PURPOSE) {
  const agreed = living(consent, purpose, now);
  const times = [agreed && Date.parse(agreed.until), isPaused(pause, now) && pause?.until];
  const found = times.filter((time) => typeof time === "number");
  return found.length ? Math.min(...found) : null;
}

/** Shows the state whenever it changes: call it once, at the head of a background.
 * @param {import("./store.js").Store} store
 */
export function keepStateShown(store) {
  const show = () => void showState(store);
  api.runtime.onInstalled.addListener(show);
  api.runtime.onStartup.addListener(show);
  // The end of a pause or of an agreement; and whatever she changes on a page.
  api.alarms.onAlarm.addListener(show);
  api.storage.local.onChanged.addListener((/** @type {Record<string, unknown>} */ changes) => {
    if (["consent", "pause", "language"].some((key) => key in changes)) show();
  });
}

/** @param {import("./store.js").Store} store */
export async function showState(store) {
  const now = Date.now();
  const kept = { consent: await store.read("consent"), pause: await store.read("pause") };
  const state = stateOf(kept, now, [PURPOSE]);
  const wished = [await store.read("language"), api.i18n.getUILanguage()];
  const say = await wordsIn(bestLanguage(wished.filter(Boolean)));
  await api.action.setTitle({ title: say(state === "on" && PURPOSE === "mail" ? "shell_action_on_mail" : `shell_action_${state}`) });
  await api.action.setBadgeText({ text: BADGES[state] });
  await api.action.setBadgeBackgroundColor({ color: COLOURS[state] });
  const when = nextChange(kept, now);
  if (when === null) await api.alarms.clear(ALARM);
  else await api.alarms.create(ALARM, { when });
}
