// @ts-check
/** What has left this device, byte for byte and when. The list is written before anything leaves, and never leaves itself. */
import { dumps, forgotten, loads } from "./privacy/ledger.js";

/** Older entries go. */
const MOST = 200;

/** @typedef {{what: string, to: string, bytes: string, times: string[]}} Left `times` are ISO instants, first to last */

/** @param {import("./store.js").Open} open @param {{what: string, to: string, bytes: string, at: number}} leaving */
export async function noteLeft({ read, write }, { what, to, bytes, at }) {
  /** @type {Left[]} */
  const list = (await read("left")) ?? [];
  const known = list.find((one) => one.what === what && one.to === to && one.bytes === bytes);
  const times = [...(known?.times ?? []), new Date(at).toISOString()];
  await write("left", [...list.filter((one) => one !== known), { what, to, bytes, times }].slice(-MOST));
}

/** Takes the list away, and the bytes of every report; a report that still waits does not leave. What was spent stays spent.
 * @param {import("./store.js").Store} store
 */
export const forgetLeft = (store) =>
  store.alone(async ({ read, write }) => {
    /** @type {import("./sending.js").Kept | undefined} */
    const kept = await read("ledger");
    if (kept) await write("ledger", { books: dumps(forgotten(loads(kept.books))), sending: null });
    await write("left", []);
  });
