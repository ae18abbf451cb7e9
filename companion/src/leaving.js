// @ts-check
/** The report's alarm: it wakes the companion when the report's hour has come, and after the browser was closed. */
import { SERVICE } from "./config.js";
import { isGranted } from "./consent.js";
import { minutesIn, sender } from "./sending.js";
import { api } from "./store.js";
import { loadTable } from "./tables.js";
import { doors } from "./terms.js";

export const ALARM = "report";
/** When its hour passed while the browser was closed: not at once, so that it does not tell when she opened it. */
const LATE_MINUTES = { least: 2, most: 30 };

/** Sends with this device's own store, lists, clock and chance.
 * @param {import("./store.js").Store} store
 */
export const ownSender = (store) =>
  sender({
    store,
    doors: doors(SERVICE),
    list: () => loadTable("interests"),
    isAllowed: async () => isGranted(await store.read("consent"), "reports", Date.now()),
  });

/** Sets the alarm of a report that waits; takes it away when none does.
 * @param {import("./sending.js").Sending | null | undefined} sending
 */
export async function setAlarm(sending) {
  if (sending?.stage !== "waiting") return void (await api.alarms.clear(ALARM));
  const isLate = sending.sendAfter < Date.now();
  await api.alarms.create(ALARM, { when: isLate ? Date.now() + minutesIn(LATE_MINUTES) : sending.sendAfter });
}

/** @param {import("./store.js").Store} store */
export function listenForReports(store) {
  const wake = async () => {
    const kept = await store.read("ledger");
    // Firefox forgets alarms when it is closed.
    if (kept?.sending?.stage === "waiting" && !(await api.alarms.get(ALARM))) await setAlarm(kept.sending);
  };
  api.alarms.onAlarm.addListener(async (/** @type {{name: string}} */ { name }) => {
    if (name === ALARM) await setAlarm(await ownSender(store).send());
  });
  api.runtime.onStartup.addListener(wake);
  wake();
}
