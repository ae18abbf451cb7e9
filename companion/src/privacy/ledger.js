// @ts-check
/**
 * How much of her privacy was spent: one report a quarter, a cap for life, drawn once, kept before it is sent.
 *
 * Statement: all reports in a ledger together are E-locally differentially private, E being the sum of their ε,
 * never above the cap. Why, and when it holds for all her devices: tests/privacy/ledger.py, the twin it is tested against.
 */

export const CAP_THOUSANDTHS = 4000;

/** Another report would pass the cap for life. */
export class CapReached extends Error {}

/** A report of this quarter was already allowed, perhaps to another device. */
export class AlreadyGranted extends Error {}

/**
 * @typedef {Readonly<{quarter: string, epsilon: number, report: string, isReceived: boolean}>} Spent
 *   ε in thousandths; the report's text, "" once it was forgotten
 * @typedef {Readonly<{cap: number, entries: readonly Spent[]}>} Ledger at most one entry a quarter
 */

/** Thousandths of ε spent so far, whether or not the reports arrived.
 * @param {Ledger} ledger
 */
export const spent = (ledger) => ledger.entries.reduce((sum, one) => sum + one.epsilon, 0);

/** Thousandths of ε that may still be spent.
 * @param {Ledger} ledger
 */
export const left = (ledger) => ledger.cap - spent(ledger);

/** The report of that quarter, if there is one.
 * @param {Ledger} ledger @param {string} quarter
 */
export const reportOf = (ledger, quarter) => ledger.entries.find((one) => one.quarter === quarter);

/** Checks what the statement rests on; a ledger that was tampered with is refused.
 * @param {number} [cap] @param {readonly Spent[]} [entries]
 * @returns {Ledger}
 */
export function makeLedger(cap = CAP_THOUSANDTHS, entries = []) {
  const ledger = Object.freeze({ cap, entries: Object.freeze(entries.map((one) => Object.freeze({ ...one }))) });
  if (new Set(entries.map((one) => one.quarter)).size !== entries.length) throw new RangeError("a quarter stands twice");
  const isWhole = [cap, ...entries.map((one) => one.epsilon)].every(Number.isSafeInteger);
  if (!isWhole || entries.some((one) => one.epsilon < 1) || spent(ledger) > cap) {
    throw new RangeError("more is spent than the cap");
  }
  return ledger;
}

/** The quarter of a day, as in "2026-q4".
 * @param {string} day as in "2026-11-25"
 */
export function quarterOf(day) {
  const [year, month] = day.split("-");
  return `${year}-q${Math.ceil(Number(month) / 3)}`;
}

/** The ledger with one more report allowed.
 * @param {Ledger} ledger @param {string} quarter @param {number} epsilon @param {string} [report]
 */
export function grant(ledger, quarter, epsilon, report = "") {
  if (!Number.isSafeInteger(epsilon) || epsilon < 1) throw new RangeError("a report costs something");
  if (reportOf(ledger, quarter)) throw new AlreadyGranted(quarter);
  if (epsilon > left(ledger)) throw new CapReached(`${left(ledger)} thousandths are left`);
  return makeLedger(ledger.cap, [...ledger.entries, { quarter, epsilon, report, isReceived: false }]);
}

/**
 * The text to send this quarter: the one kept, or a new one once it is kept.
 *
 * `keep` writes the ledger where a crash cannot reach it; nothing is returned, so nothing can be sent, before it
 * came back. Killed before, nothing left; killed after, the same text leaves again.
 *
 * @param {Ledger} ledger @param {string} quarter @param {number} epsilon
 * @param {{draw: () => string, keep: (ledger: Ledger) => Promise<void>}} hands
 */
export async function reportFor(ledger, quarter, epsilon, { draw, keep }) {
  const known = reportOf(ledger, quarter);
  if (known) {
    if (!known.report) throw new AlreadyGranted(quarter);
    return known.report;
  }
  // Refused before anything is drawn.
  grant(ledger, quarter, epsilon);
  const report = draw();
  await keep(grant(ledger, quarter, epsilon, report));
  return report;
}

/** The ledger once the service has said that it counted the report.
 * @param {Ledger} ledger @param {string} quarter
 */
export const received = (ledger, quarter) =>
  makeLedger(
    ledger.cap,
    ledger.entries.map((one) => (one.quarter === quarter ? { ...one, isReceived: true } : one)),
  );

/** The ledger without any report's text, for "erase all": what was spent stays spent.
 * @param {Ledger} ledger
 */
export const forgotten = (ledger) =>
  makeLedger(
    ledger.cap,
    ledger.entries.map((one) => ({ ...one, report: "" })),
  );

/** The ledger as text, which Python reads too.
 * @param {Ledger} ledger
 */
export function dumps(ledger) {
  const entries = ledger.entries.map((one) => [one.quarter, one.epsilon, one.report, one.isReceived]);
  return JSON.stringify({ cap: ledger.cap, entries });
}

/** Reads a ledger; a damaged one throws, and is never taken for an empty one.
 * @param {string} text
 */
export function loads(text) {
  const { cap, entries } = JSON.parse(text);
  return makeLedger(
    cap,
    entries.map((/** @type {[string, number, string, boolean]} */ [quarter, epsilon, report, isReceived]) => ({
      quarter,
      epsilon,
      report,
      isReceived,
    })),
  );
}
