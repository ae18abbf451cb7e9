// @ts-check
/**
 * Puts the openings of a list in her own order. The rule is that of the engine's part `interests`: the share of the
 * occupation's interests that are hers, times BEST. What is counted already counts once; nothing is ever taken away.
 */

/** Logits for all the interests of the occupation: INTERESTS_BEST and LOGIT_STEP of src/visavis/engine/weights.py. */
export const BEST = 0.5;
export const STEP = 2 ** -16;

/**
 * @typedef {{title: string, employer: string, place: string, address: string, interests: string[], counted?: string[],
 *   score: number, tier?: number}} Opening `tier` 0 what was asked for, the others after it; `score` in logits; `counted`: those of its interests that the score counts already
 * @typedef {{opening: Opening, before: number, after: number, extra: number, because: string[]}} Placed places from 1
 */

/** What a share of the occupation's interests is worth.
 * @param {number} shared @param {number} asked
 */
export const worthOf = (shared, asked) => Math.round((BEST * (shared / Math.max(1, asked))) / STEP) * STEP;

/** What her interests add to one opening, and which.
 * @param {Opening} opening @param {ReadonlySet<string>} hers @param {ReadonlySet<string>} inFile
 */
export function gainOf(opening, hers, inFile = new Set()) {
  const asked = [...new Set(opening.interests)];
  const counted = new Set(opening.counted ?? asked.filter((code) => inFile.has(code)));
  const because = asked.filter((code) => hers.has(code) && !counted.has(code));
  const already = asked.filter((code) => counted.has(code)).length;
  return { extra: worthOf(already + because.length, asked.length) - worthOf(already, asked.length), because };
}

/**
 * Without any private interest the order is the one given, whatever the scores are: a score counts as no more than the
 * one before it. Equal ones keep their order, and none leaves its tier.
 * @param {readonly Opening[]} openings as the service gave them @param {ReadonlySet<string>} hers @param {ReadonlySet<string>} [inFile]
 * @returns {Placed[]} in her order
 */
export function reordered(openings, hers, inFile) {
  let [base, tier] = [Infinity, -1];
  const gained = openings.map((opening, place) => {
    base = Math.min(tierOf(opening) === tier ? base : Infinity, opening.score);
    tier = tierOf(opening);
    const { extra, because } = gainOf(opening, hers, inFile);
    return { opening, before: place + 1, after: 0, extra, because, worth: base + extra };
  });
  return gained
    .sort(
      (one, other) =>
        tierOf(one.opening) - tierOf(other.opening) || other.worth - one.worth || one.before - other.before,
    )
    .map(({ worth: _, ...one }, place) => ({ ...one, after: place + 1 }));
}

const tierOf = (/** @type {Opening} */ { tier }) => tier ?? 0;

const isText = (/** @type {unknown} */ one) => typeof one === "string";

/** Only what is well formed, and only addresses of the service.
 * @param {any} told what its page told @param {string} service
 * @returns {Opening[]}
 */
export function readShortlist(told, service) {
  const list = Array.isArray(told?.openings) ? told.openings : [];
  return list.filter(
    (/** @type {any} */ one) =>
      [one?.title, one?.employer, one?.place, one?.address].every(isText) &&
      Number.isFinite(one.score) &&
      Number.isFinite(one.tier ?? 0) &&
      [one.interests, one.counted ?? []].every((codes) => Array.isArray(codes) && codes.every(isText)) &&
      URL.canParse(one.address, service) &&
      new URL(one.address, service).origin === service,
  );
}
