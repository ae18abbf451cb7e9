// @ts-check
/** Whether anything is counted right now, with the buttons to pause and to go on. */
import { PAUSE_FOR_GOOD, pauseOfAnHour, stateOf } from "../src/state.js";
import { api } from "../src/store.js";
import { make, tell } from "./shell.js";

/** Sites cannot be seen from Thunderbird: there, mail is what is read. */
const HERE = /** @type {import("../src/consent.js").Purpose[]} */ (api.webNavigation ? ["sites"] : ["mail"]);

/** @param {{say: import("../src/words.js").Say, locale: string, store: import("../src/store.js").Store}} shell */
export async function drawState({ say, locale, store }) {
  const now = Date.now();
  const pause = await store.read("pause");
  const state = stateOf({ consent: await store.read("consent"), pause }, now, HERE);
  const set = async (/** @type {import("../src/state.js").Pause | null} */ next) => {
    await store.write("pause", next);
    await drawState({ say, locale, store });
    tell(say(next ? "traces_told_paused" : "traces_told_resumed"));
    /** @type {HTMLElement | null} */ (document.querySelector("#state-acts button"))?.focus();
  };
  const button = (/** @type {string} */ words, /** @type {import("../src/state.js").Pause | null} */ next) =>
    make("button", { type: "button", class: "button quiet", onclick: () => set(next) }, say(words));
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
  const words = {
    off: () => say("traces_state_off"),
    on: () => say(api.webNavigation ? "traces_state_on" : "traces_state_on_mail"),
    paused: () => (pause.until === null ? say("traces_state_paused") : say("traces_state_paused_until", { time: time.format(pause.until) })),
  };
  const acts = {
    off: () => [make("a", { class: "button", href: "consent.html" }, say("traces_choices"))],
    on: () => [button("traces_pause_hour", pauseOfAnHour(now)), button("traces_pause_good", PAUSE_FOR_GOOD)],
    paused: () => [button("traces_resume", null)],
  };
  const place = /** @type {HTMLElement} */ (document.getElementById("state"));
  place.textContent = words[state]();
  place.dataset.state = state;
  document.getElementById("state-acts")?.replaceChildren(...acts[state]());
}
