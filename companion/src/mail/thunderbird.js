/**
 * Thunderbird's background: new messages are read as they come, once she agreed, and nothing of them is kept but their
 * interests. Nothing is remembered here between two messages.
 */
import { keepStateShown } from "../action.js";
import { stateOf } from "../state.js";
import { api, ownStore } from "../store.js";
import { dayOf, faded, mailed } from "../traces.js";
import { bestLanguage } from "../words.js";
import { isRead, numbersOf, textOfMessage } from "./inbox.js";
import { mailTables } from "./tables.js";
import { told } from "./words.js";

const store = ownStore();

/** @param {() => Promise<any>} read */
async function isOn(read) {
  const kept = { consent: await store.read("consent"), pause: await store.read("pause") };
  return stateOf(kept, Date.now(), ["mail"]) === "on" ? read() : undefined;
}

/** Count one message, if she still agrees when it was read. @param {number} id */
async function count(id) {
  const { lexicon, codeOf } = await mailTables();
  const language = bestLanguage([await store.read("language"), api.i18n.getUILanguage()].filter(Boolean));
  const { items } = told(await textOfMessage(api, id), lexicon, language);
  const codes = [...items].map(codeOf);
  await store.alone(({ read, write }) =>
    isOn(async () => {
      const before = await read("traces");
      const after = mailed(before, codes, dayOf(Date.now()), await read("corrections"));
      if (after !== before && codes.length) await write("traces", after);
    }),
  );
}

api.messages.onNewMailReceived.addListener((/** @type {any} */ folder, /** @type {any} */ list) => {
  if (!isRead(folder)) return;
  isOn(async () => {
    // A message that cannot be read is left alone; the next ones are still read.
    for await (const id of numbersOf(api, list)) await count(id).catch(() => undefined);
  });
});

/** @param {string} page */
const open = (page) => api.tabs.create({ url: api.runtime.getURL(`pages/${page}.html`) });

api.action.onClicked.addListener(async () => {
  const kept = { consent: await store.read("consent"), pause: await store.read("pause") };
  open(stateOf(kept, Date.now(), ["mail"]) === "off" ? "consent" : "traces");
});

api.runtime.onInstalled.addListener((/** @type {{reason: string}} */ { reason }) => {
  if (reason === "install") open("consent");
});

api.runtime.onStartup.addListener(() =>
  store.alone(async ({ read, write }) => {
    const before = await read("traces");
    const after = faded(before, dayOf(Date.now()));
    if (before && after !== before) await write("traces", after);
  }),
);

keepStateShown(store);
