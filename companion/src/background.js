/**
 * Notes the interests of the sites she opens. The browser stops this worker when it likes: nothing is remembered here, each note
 * begins from what is kept and ends kept.
 */
import { keepStateShown } from "./action.js";
import { listenForReports } from "./leaving.js";
import { hostOf, interestsOf } from "./sites.js";
import { stateOf } from "./state.js";
import { api, ownStore } from "./store.js";
import { siteTables } from "./tables.js";
import { dayOf, faded, noted } from "./traces.js";

const WEB = { url: [{ schemes: ["http", "https"] }] };
const store = ownStore();
listenForReports(store);

/** @param {string} host */
function note(host) {
  return store.alone(async ({ read, write }) => {
    const now = Date.now();
    const kept = { consent: await read("consent"), pause: await read("pause") };
    if (stateOf(kept, now) !== "on") return;
    const before = await read("traces");
    const codes = interestsOf(host, await siteTables());
    const after = noted(before, codes, dayOf(now), await read("corrections"));
    if (after !== before && codes.length) await write("traces", after);
  });
}

function forgetWhatFaded() {
  return store.alone(async ({ read, write }) => {
    const before = await read("traces");
    const after = faded(before, dayOf(Date.now()));
    if (before && after !== before) await write("traces", after);
  });
}

/** @param {string} page */
const open = (page) => api.tabs.create({ url: api.runtime.getURL(`pages/${page}.html`) });

api.webNavigation.onCommitted.addListener((/** @type {any} */ details) => {
  const host = hostOf(details);
  if (host) note(host);
}, WEB);

api.action.onClicked.addListener(async () => {
  const kept = { consent: await store.read("consent"), pause: await store.read("pause") };
  open(stateOf(kept, Date.now()) === "off" ? "consent" : "traces");
});

api.runtime.onInstalled.addListener((/** @type {{reason: string}} */ { reason }) => {
  if (reason === "install") open("consent");
});

api.runtime.onStartup.addListener(() => void forgetWhatFaded());
keepStateShown(store);
