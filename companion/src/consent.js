/**
 * What she agreed to, purpose by purpose, and the proof of it. Pure: the clock is passed in, the store is elsewhere.
 *
 * No agreement is the beginning. One lives twelve months at most (article L.32-3 of the French code of electronic
 * communications asks mail to be renewed each year; the same is kept for all), only for the text that was read, and until it
 * is withdrawn. What was agreed to and withdrawn stays in the list as a proof, on this device, until all is erased.
 */

/** @typedef {"sites" | "mail" | "reports"} Purpose */
/** @typedef {{purpose: Purpose, text: string, text_sha256: string, build_sha256: string, locale: string, at: string, until: string, withdrawn: string | null}} Agreement `at`, `until`, `withdrawn` are ISO instants */

export const PURPOSES = /** @type {readonly Purpose[]} */ (Object.freeze(["sites", "mail", "reports"]));

/** The text of each purpose. Whoever changes the meaning of its words changes this name: everybody is asked again. */
export const TEXTS = Object.freeze({ sites: "sites-1", mail: "mail-1", reports: "reports-1" });

/** The sentences she reads before she agrees, in this order: their hash is in the proof. */
export const SENTENCES = Object.freeze(["title", "what", "kept", "never", "who", "refuse"]);

const DAY_MS = 86_400_000;
const LIFE_MS = 365 * DAY_MS;

/** @param {string} text @returns {Promise<string>} hexadecimal */
export async function sha256(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The sentences of one purpose, as they are shown.
 * @param {import("./words.js").Say} say @param {Purpose} purpose
 */
export function sentencesOf(say, purpose) {
  return SENTENCES.map((part) => say(`consent_${purpose}_${part}`));
}

/** The proof of an agreement given now.
 * @param {{purpose: Purpose, sentences: string[], locale: string, build: string, now: number}} given
 * @returns {Promise<Agreement>}
 */
export async function proofOf({ purpose, sentences, locale, build, now }) {
  return {
    purpose,
    text: TEXTS[purpose],
    text_sha256: await sha256(sentences.join("\n")),
    build_sha256: build,
    locale,
    at: new Date(now).toISOString(),
    until: new Date(now + LIFE_MS).toISOString(),
    withdrawn: null,
  };
}

/** The agreement that holds now, if any. A clock set back does not make it live longer.
 * @param {Agreement[] | undefined} agreements @param {Purpose} purpose @param {number} now
 */
export function living(agreements, purpose, now) {
  return agreements?.findLast((one) => {
    const left = Date.parse(one.until) - now;
    const isOurs = one.purpose === purpose && one.text === TEXTS[purpose] && one.withdrawn === null;
    return isOurs && left > 0 && left <= LIFE_MS + DAY_MS;
  });
}

/** @param {Agreement[] | undefined} agreements @param {Purpose} purpose @param {number} now */
export function isGranted(agreements, purpose, now) {
  return living(agreements, purpose, now) !== undefined;
}

/** Whether she agreed once, has not withdrawn, and must be asked again: time is over or the text is another.
 * @param {Agreement[] | undefined} agreements @param {Purpose} purpose @param {number} now
 */
export function isOver(agreements, purpose, now) {
  const last = agreements?.findLast((one) => one.purpose === purpose);
  return last !== undefined && last.withdrawn === null && !isGranted(agreements, purpose, now);
}

/** @param {Agreement[] | undefined} agreements @param {Agreement} agreement */
export function granted(agreements, agreement) {
  return [...(agreements ?? []), agreement];
}

/** @param {Agreement[] | undefined} agreements @param {Purpose} purpose @param {number} now */
export function withdrawn(agreements, purpose, now) {
  const at = new Date(now).toISOString();
  return (agreements ?? []).map((one) =>
    one.purpose === purpose && one.withdrawn === null ? { ...one, withdrawn: at } : one,
  );
}
