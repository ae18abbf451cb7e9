// @ts-check
/**
 * One report: a permit is asked, the report is drawn once and kept, and it leaves some hours later.
 *
 *   asked ──permit──▶ waiting ──hours later──▶ sent ──▶ back
 *                        └── the terms changed, the quarter ended, she said no: ended, and told
 *
 * Whatever stops the browser, at whatever point: each step begins from what is kept and ends kept, in one write. The
 * service signs the same permit again; the same bytes leave again, and it counts them once. So: one report, paid once.
 */
import { below, secureBytes } from "./privacy/exact.js";
import { AlreadyGranted, CapReached, dumps, loads, makeLedger, received, reportFor } from "./privacy/ledger.js";
import { reportOf, spent } from "./privacy/ledger.js";
import { noteLeft } from "./left.js";
import { privSet } from "./privacy/privset.js";
import { writeReport } from "./privacy/report.js";
import { areSame, NotSent, quarterOfPeriod, readTerms } from "./terms.js";
import { blind, fromText, newMessage, readKey, toText, uncover } from "./tokens.js";

const MINUTE_MS = 60_000;
/** Between the permit and the report: by chance, so that their times tell nothing. */
const WAIT_MINUTES = { least: 60, most: 24 * 60 };
/** Before another try. */
const RETRY_MINUTES = { least: 10, most: 120 };

/**
 * @typedef {import("./terms.js").Terms} Terms
 * @typedef {{stage: "asked" | "waiting" | "sent" | "back" | "ended", quarter: string, terms: Terms, message: string,
 *   blinded: string, inverse: string, signature: string, sendAfter: number, why: string, words: string}} Sending
 * @typedef {{books: string, sending: Sending | null}} Kept key `ledger` of the store
 * @typedef {{store: import("./store.js").Store, doors: ReturnType<typeof import("./terms.js").doors>,
 *   list: () => Promise<{table: string, interests: unknown[]}>, isAllowed: () => Promise<boolean>,
 *   now?: () => number, source?: (count: number) => Uint8Array}} Hands
 */

/** @param {Kept | undefined} kept */
export const booksOf = (kept) => (kept ? loads(kept.books) : makeLedger());

/** Minutes by chance.
 * @param {{least: number, most: number}} range @param {(count: number) => Uint8Array} source
 */
export const minutesIn = ({ least, most }, source = secureBytes) =>
  (least + Number(below(BigInt(most - least + 1), source))) * MINUTE_MS;

/** @param {Hands} hands */
export function sender({ store, doors, list, isAllowed, now = Date.now, source = secureBytes }) {
  const terms = async () => readTerms(await doors.terms(), await list(), now());

  /** One step: from what is kept, in one write, while nobody else writes; only from these stages.
   * @param {Sending["stage"][]} stages @param {Partial<Sending>} changed
   * @param {(books: ReturnType<typeof makeLedger>, quarter: string) => ReturnType<typeof makeLedger>} [account]
   */
  const change = (stages, changed, account = (books) => books) =>
    store.alone(async ({ read, write }) => {
      /** @type {Kept | undefined} */
      const kept = await read("ledger");
      if (!kept?.sending || !stages.includes(kept.sending.stage)) return kept?.sending ?? null;
      const sending = { ...kept.sending, ...changed };
      await write("ledger", { books: dumps(account(loads(kept.books), sending.quarter)), sending });
      return sending;
    });

  /** @param {string} why @param {string} [words] */
  const end = (why, words = "") => change(["waiting"], { stage: "ended", why, words });

  const retry = () => change(["waiting"], { sendAfter: now() + minutesIn(RETRY_MINUTES, source) });

  /** What leaves, written down first; then the answer, or null when there was none.
   * @param {string} what @param {string} bytes @param {(body: string) => Promise<Response>} telling
   */
  async function leave(what, bytes, telling) {
    await store.alone((open) => noteLeft(open, { what, to: doors.address, bytes, at: now() }));
    const answer = await telling(bytes).catch(() => null);
    return !answer || answer.status >= 500 || answer.status === 429 ? null : answer;
  }

  /** Makes ready to ask for this quarter's permit: again the same question if it was asked before.
   * @returns {Promise<Sending>} stage "asked", or further when it is further
   */
  async function prepare() {
    if (!(await isAllowed())) throw new NotSent("consent");
    const current = await terms();
    const quarter = quarterOfPeriod(current.period);
    return store.alone(async ({ read, write }) => {
      /** @type {Kept | undefined} */
      const kept = await read("ledger");
      const books = booksOf(kept);
      const known = kept?.sending?.quarter === quarter ? kept.sending : null;
      if (known && (known.stage !== "asked" || areSame(known.terms, current))) return known;
      if (reportOf(books, quarter)) throw new NotSent("already");
      if (spent(books) + current.epsilon > Math.min(current.cap, books.cap)) throw new NotSent("cap");
      const message = newMessage(current.period, source);
      const { blinded, inverse } = await blind(readKey(current.key), message, source);
      /** @type {Sending} */
      const sending = {
        stage: "asked",
        quarter,
        terms: current,
        message: toText(message),
        blinded: toText(blinded),
        inverse: toText(inverse),
        signature: "",
        sendAfter: 0,
        why: "",
        words: "",
      };
      await write("ledger", { books: dumps(books), sending });
      return sending;
    });
  }

  /** The permit came: draws the report, once, and keeps both.
   * @param {string} signed what the service signed @param {number[]} interests numbers of the list @param {string} group
   */
  async function permitted(signed, interests, group) {
    return store.alone(async ({ read, write }) => {
      /** @type {Kept} */
      const kept = await read("ledger");
      const sending = kept?.sending;
      if (sending?.stage !== "asked") return sending ?? null;
      const signature = await uncover(
        readKey(sending.terms.key),
        fromText(sending.message),
        fromText(signed),
        fromText(sending.inverse),
      );
      const mechanism = privSet(sending.terms);
      /** @type {Sending} */
      const waiting = {
        ...sending,
        stage: "waiting",
        signature: toText(signature),
        sendAfter: now() + minutesIn(waitUntil(sending.quarter, now()), source),
      };
      await reportFor(loads(kept.books), sending.quarter, sending.terms.epsilon, {
        draw: () => writeReport({ table: sending.terms.table, mechanism }, mechanism.draw(interests, source), group),
        keep: (books) => write("ledger", { books: dumps(books), sending: waiting }),
      }).catch((refusal) => {
        if (refusal instanceof CapReached) throw new NotSent("cap");
        if (refusal instanceof AlreadyGranted) throw new NotSent("already");
        throw refusal;
      });
      return waiting;
    });
  }

  /** Sends the report if its hour has come. */
  async function send() {
    /** @type {Kept | undefined} */
    const kept = await store.read("ledger");
    const sending = kept?.sending;
    if (!kept || sending?.stage !== "waiting" || now() < sending.sendAfter) return sending ?? null;
    if (!(await isAllowed())) return end("consent");
    try {
      const current = await terms();
      if (!areSame(sending.terms, current)) {
        return end(sending.terms.period === current.period ? "changed" : "period");
      }
    } catch (problem) {
      if (!(problem instanceof NotSent)) throw problem;
      if (problem.why === "offline") return retry();
      return end(problem.why === "clock" ? "period" : problem.why === "table" ? "changed" : problem.why);
    }
    const report = reportOf(loads(kept.books), sending.quarter)?.report;
    if (!report) return end("forgotten");
    const answer = await leave("report", bodyOf(sending, report), doors.report);
    if (!answer) return retry();
    // She may have said no while it was on its way: it has arrived all the same, and is shown so.
    if (answer.status === 204) return change(["waiting", "ended"], { stage: "sent", why: "" }, received);
    return end(answer.status === 409 ? "used" : "refused", await answer.text());
  }

  /** Takes the report back: it does not leave if it is still here, and counts no more if it has left. Its ε stays spent. */
  async function takeBack() {
    /** @type {Kept | undefined} */
    const kept = await store.read("ledger");
    const sending = kept?.sending;
    if (sending?.stage === "waiting") return end("person");
    if (sending?.stage !== "sent") return sending ?? null;
    const { message, signature } = sending;
    const answer = await leave("back", JSON.stringify({ message, signature }), doors.takeBack);
    if (!answer) throw new NotSent("offline");
    if (answer.status !== 204) throw new NotSent("counted", await answer.text());
    return change(["sent"], { stage: "back" });
  }

  /** The service gives no permit this quarter.
   * @param {string} why
   */
  const refused = (why) => change(["asked"], { stage: "ended", why });

  return { prepare, permitted, refused, send, takeBack };
}

/** @param {Sending} sending @param {string} report */
export const bodyOf = ({ message, signature }, report) => JSON.stringify({ report, message, signature });

/** How long to wait, so that the report still leaves in its quarter where that is possible.
 * @param {string} quarter @param {number} now
 */
export function waitUntil(quarter, now) {
  const [year, number] = quarter.split("-q").map(Number);
  const minutesLeft = Math.floor((Date.UTC(year, 3 * number, 1) - now) / MINUTE_MS) - 2 * WAIT_MINUTES.least;
  return { least: WAIT_MINUTES.least, most: Math.max(WAIT_MINUTES.least, Math.min(WAIT_MINUTES.most, minutesLeft)) };
}
