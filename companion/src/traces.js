/**
 * What is kept of a life on the web: interests, on how many days, and the last of these days. No address, no hour, no title.
 *
 * A day counts once, however many pages. A week later it weighs a little less; after eight weeks, half; what weighs less than a
 * sixteenth of one day is forgotten. Pure functions: they give a new state and change nothing.
 */

/** @typedef {{n: number, last: number, weight: number}} Trace `n` days (sites) or messages (mail); `last` a day, as a number */
/** @typedef {Record<string, {sites?: Trace, mail?: Trace}>} Traces by code of the interest */
/** @typedef {Record<string, "mine" | "never">} Corrections what she said herself */
/** @typedef {{strength: number, sites: number, mail: number, said: boolean, parts: {sites: number, mail: number, said: number}}} Found
 * `sites` days, `mail` messages, `said` by herself; `parts` of the strength */

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** After so many weeks a day weighs half. */
export const HALF_LIFE_WEEKS = 8;
const LEAST = 1 / 16;
/** What she says herself weighs as much as this many days, and does not fade. */
export const SAID_WEIGHT = 8;
/** More messages than this say no more about an interest. */
const MOST_MESSAGES = 12;
const KINDS = /** @type {const} */ (["sites", "mail"]);

/** The day of an instant where she lives, as a whole number; days are all that is kept of time.
 * @param {number} now
 */
export function dayOf(now) {
  return Math.floor((now - new Date(now).getTimezoneOffset() * MINUTE_MS) / DAY_MS);
}

/** Weeks begin on Monday. @param {number} day */
const weekOf = (day) => Math.floor((day + 3) / 7);

/** @param {Trace | undefined} trace @param {number} day */
function weightOn(trace, day) {
  if (!trace) return 0;
  return trace.weight * 2 ** (-Math.max(0, weekOf(day) - weekOf(trace.last)) / HALF_LIFE_WEEKS);
}

/** Counts today for these interests. The very same state comes back when there is nothing new.
 * @param {Traces | undefined} state
 * @param {Iterable<string>} codes
 * @param {number} day
 * @param {Corrections} [corrections]
 * @returns {Traces}
 */
export function noted(state, codes, day, corrections = {}) {
  let next = state ?? {};
  for (const code of codes) {
    const before = next[code]?.sites;
    if (corrections[code] === "never" || before?.last === day) continue;
    // A clock that was ahead and is right again: the day is put right, and counts no second time.
    const more = before && before.last > day ? 0 : 1;
    const sites = { n: (before?.n ?? 0) + more, last: day, weight: weightOn(before, day) + more };
    next = { ...next, [code]: { ...next[code], sites } };
  }
  return next;
}

/** What mail says, in place of what it said before: the same export read twice counts once.
 * @param {Traces | undefined} state
 * @param {Map<string, number>} messages how many messages spoke of each
 * @param {number} day
 * @param {Corrections} [corrections]
 */
export function withMail(state, messages, day, corrections = {}) {
  const next = without(state, "mail");
  for (const [code, n] of messages) {
    if (corrections[code] === "never" || n < 1) continue;
    next[code] = { ...next[code], mail: { n, last: day, weight: Math.min(n, MOST_MESSAGES) } };
  }
  return next;
}

/** Counts one more message for these interests, as Thunderbird receives it.
 * @param {Traces | undefined} state
 * @param {Iterable<string>} codes
 * @param {number} day
 * @param {Corrections} [corrections]
 * @returns {Traces}
 */
export function mailed(state, codes, day, corrections = {}) {
  let next = state ?? {};
  for (const code of codes) {
    if (corrections[code] === "never") continue;
    const before = next[code]?.mail;
    const weight = Math.min(weightOn(before, day) + 1, MOST_MESSAGES);
    next = { ...next, [code]: { ...next[code], mail: { n: (before?.n ?? 0) + 1, last: day, weight } } };
  }
  return next;
}

/** Takes away all that came from sites, or all that came from mail.
 * @param {Traces | undefined} state @param {"sites" | "mail"} kind
 * @returns {Traces}
 */
export function without(state, kind) {
  const rest = Object.entries(state ?? {}).map(([code, { [kind]: _, ...others }]) => [code, others]);
  return Object.fromEntries(rest.filter(([, others]) => Object.keys(others).length));
}

/** @param {Traces | undefined} state @param {string} code */
export function forgotten(state, code) {
  const { [code]: _, ...rest } = state ?? {};
  return rest;
}

/** Takes away what weighs too little to say anything.
 * @param {Traces | undefined} state @param {number} day
 */
export function faded(state, day) {
  let next = state ?? {};
  for (const [code, traces] of Object.entries(next)) {
    const kept = KINDS.filter((kind) => weightOn(traces[kind], day) >= LEAST);
    if (kept.length === Object.keys(traces).length) continue;
    next = forgotten(next, code);
    if (kept.length) next[code] = Object.fromEntries(kept.map((kind) => [kind, traces[kind]]));
  }
  return next;
}

/** The interests that she corrected in this way.
 * @param {Corrections | undefined} corrections @param {"mine" | "never"} word
 */
export function corrected(corrections, word) {
  return Object.entries(corrections ?? {}).flatMap(([code, said]) => (said === word ? [code] : []));
}

/** How strong each interest is today and why, strongest first.
 * @param {Traces | undefined} state
 * @param {Corrections | undefined} corrections
 * @param {number} day
 * @returns {Map<string, Found>}
 */
export function strengths(state, corrections, day) {
  const current = faded(state, day);
  const never = new Set(corrected(corrections, "never"));
  const mine = new Set(corrected(corrections, "mine"));
  const codes = [...new Set([...Object.keys(current), ...mine])].filter((code) => !never.has(code));
  /** @type {[string, Found][]} */
  const found = codes.map((code) => {
    const { sites, mail } = current[code] ?? {};
    const said = mine.has(code);
    const parts = { sites: weightOn(sites, day), mail: weightOn(mail, day), said: said ? SAID_WEIGHT : 0 };
    const strength = parts.sites + parts.mail + parts.said;
    return [code, { strength, sites: sites?.n ?? 0, mail: mail?.n ?? 0, said, parts }];
  });
  return new Map(found.sort((a, b) => b[1].strength - a[1].strength || (a[0] < b[0] ? -1 : 1)));
}
