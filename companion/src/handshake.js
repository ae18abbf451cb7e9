// @ts-check
/**
 * Speaks with one page of the service, opened in front of her and where she is signed in, by messages. The companion never
 * holds her session and the page never learns more than what is asked. PROTOCOL.md has every message.
 *
 * Chromium: the page is a window that this one opened, they post messages to one another. Firefox cuts that tie between an
 * extension and the web: there `relay.js`, which lives in that one page, carries the same messages.
 */

export const WINDOW_PATH = "/companion/window/";
const PATIENCE_MS = 15 * 60_000;
const LOOK_MS = 300;

/** The page was closed, never came, or could not be opened; `why` names the sentence. */
export class NotTold extends Error {
  /** @param {"closed" | "late" | "blocked"} why */
  constructor(why) {
    super(why);
    this.why = why;
  }
}

/**
 * @typedef {{tell: (message: object) => void, isClosed: () => boolean, leave: () => void}} Line
 * @typedef {(service: string, hear: (data: any) => void) => Line | Promise<Line>} Opening opens the page; `hear` gets what it says
 */

/** The page as a window that this one opened. Call it in the click itself, or the browser takes it for an advertisement.
 * @param {any} self
 * @returns {Opening}
 */
export const byWindow = (self = globalThis) => (service, hear) => {
  const other = self.open(service + WINDOW_PATH, "_blank");
  if (!other) throw new NotTold("blocked");
  const listen = (/** @type {MessageEvent} */ event) => {
    if (event.source === other && event.origin === service) hear(event.data);
  };
  self.addEventListener("message", listen);
  return {
    tell: (message) => other.postMessage(message, service),
    isClosed: () => other.closed,
    leave: () => self.removeEventListener("message", listen),
  };
};

/** The page in a tab, with `relay.js` between.
 * @param {any} api
 * @returns {Opening}
 */
export const byRelay = (api) => async (service, hear) => {
  let isClosed = false;
  /** @type {any} */
  let tab = null;
  /** @type {[any, any][]} what came before the tab had its number */
  const early = [];
  const listen = (/** @type {any} */ data, /** @type {any} */ sender) => {
    if (!tab) return void early.push([data, sender]);
    const isOurs = sender.id === api.runtime.id && sender.tab?.id === tab.id && sender.frameId === 0;
    if (isOurs && new URL(sender.url).origin === service) hear(data);
  };
  const gone = (/** @type {number} */ id) => void (isClosed ||= id === tab?.id);
  api.runtime.onMessage.addListener(listen);
  api.tabs.onRemoved.addListener(gone);
  tab = await api.tabs.create({ url: service + WINDOW_PATH });
  queueMicrotask(() => early.forEach(([data, sender]) => listen(data, sender)));
  return {
    tell: (message) => api.tabs.sendMessage(tab.id, message, { frameId: 0 }),
    isClosed: () => isClosed,
    leave() {
      api.runtime.onMessage.removeListener(listen);
      api.tabs.onRemoved.removeListener(gone);
    },
  };
};

/** The way that this browser allows.
 * @param {any} api
 */
export const ownOpening = (api) => (api.runtime.getURL("").startsWith("moz-") ? byRelay(api) : byWindow());

/**
 * Opens the page, asks once it is ready and returns what it told. It is asked again when it is ready again: she had to sign in.
 * @param {string} service its origin; nothing is said to, or heard from, any other
 * @param {object | Promise<object>} question
 * @param {{opening: Opening, leaving?: (message: object) => Promise<void>, patience?: number, look?: number}} hands
 *   `leaving` writes down what leaves, before it does
 * @returns {Promise<any>} `{told, …}`
 */
export function askService(service, question, { opening, leaving = async () => {}, patience = PATIENCE_MS, look = LOOK_MS }) {
  return new Promise((resolve, reject) => {
    /** @type {Line | null} */
    let line = null;
    /** @type {ReturnType<typeof setInterval>} */
    let looking;
    const asked = Promise.resolve(question).then((one) => ({ visavis: 1, ...one }));
    const since = Date.now();
    const done = (/** @type {() => void} */ settle) => {
      clearInterval(looking);
      line?.leave();
      settle();
    };
    const fail = (/** @type {unknown} */ problem) => done(() => reject(problem));

    async function hear(/** @type {any} */ data) {
      if (data?.visavis !== 1 || typeof data.told !== "string") return;
      const message = await asked;
      if (data.told === "ready") {
        await leaving(message);
        line?.tell(message);
      } else if (data.told === "refused" || data.told === /** @type {any} */ (message).ask) {
        done(() => resolve(data));
      }
    }

    const begun = () => {
      looking = setInterval(() => {
        if (line?.isClosed()) fail(new NotTold("closed"));
        else if (Date.now() - since > patience) fail(new NotTold("late"));
      }, look);
      asked.catch(fail);
    };
    try {
      // Not awaited where the browser gives the window at once: a click counts for a moment only.
      const opened = opening(service, (data) => void hear(data).catch(fail));
      if ("then" in opened) opened.then((one) => void (line = one)).then(begun, fail);
      else {
        line = opened;
        begun();
      }
    } catch (problem) {
      fail(problem);
    }
  });
}
