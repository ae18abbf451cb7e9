/**
 * The one door to what the companion keeps on this device.
 *
 * Keys: `consent`, `traces`, `corrections`, `pause`, `ledger`, `left`, `file`, `language`. Nothing else is ever kept.
 * Pages and the background share a lock, so that what two of them write at once is not lost.
 */

/** The browser's own interface: `browser` in Firefox and Thunderbird, `chrome` in Chromium. */
export const api = /** @type {any} */ (globalThis).browser ?? /** @type {any} */ (globalThis).chrome;

export const KEYS = Object.freeze(["consent", "traces", "corrections", "pause", "ledger", "left", "file", "language"]);
const LOCK = "visavis-store";

/**
 * @typedef {{get: (key: string | null) => Promise<Record<string, any>>, set: (items: Record<string, any>) => Promise<void>, clear: () => Promise<void>}} Area
 * @typedef {<T>(work: () => Promise<T>) => Promise<T>} Lock runs one piece of work at a time
 * @typedef {{read: (key: string) => Promise<any>, write: (key: string, value: any) => Promise<void>}} Open
 * @typedef {ReturnType<typeof openStore>} Store
 */

/** One after the other within this file's own context: for tests, where there are no locks.
 * @returns {Lock}
 */
export function queue() {
  /** @type {Promise<any>} */
  let last = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
}

/** @param {string} key */
function known(key) {
  if (!KEYS.includes(key)) throw new RangeError(`the companion does not keep "${key}"`);
  return key;
}

/**
 * @param {Area} area
 * @param {Lock} lock
 */
export function openStore(area, lock = queue()) {
  const open = {
    /** @param {string} key */
    async read(key) {
      return (await area.get(known(key)))[key];
    },
    /** @param {string} key @param {any} value */
    async write(key, value) {
      await area.set({ [known(key)]: value });
    },
  };
  return {
    read: open.read,

    /** @param {string} key @param {any} value */
    write: (key, value) => lock(() => open.write(key, value)),

    /** Reads, thinks and writes while nobody else writes. Inside, use the store that is handed over, not this one.
     * @template T
     * @param {(open: Open) => Promise<T>} work
     * @returns {Promise<T>}
     */
    alone: (work) => lock(() => work(open)),

    /** Everything that is kept, as it is. */
    all: () => area.get(null),

    /** Nothing is left afterwards, consents included. */
    erase: () => lock(() => area.clear()),
  };
}

/** The store of this device. */
export function ownStore() {
  const locks = globalThis.navigator?.locks;
  /** @type {Lock} */
  const shared = async (work) => await locks.request(LOCK, work);
  return openStore(api.storage.local, locks ? shared : queue());
}
