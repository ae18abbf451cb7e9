// @ts-check
/** How likely things are, to show them: never to draw with. Same figures as `p`, `q` and `best` of src/visavis/privacy/privset.py. */

/** @param {number} most @param {number} size */
function choose(most, size) {
  let sets = 1;
  for (let one = 0; one < size; one++) sets *= (most - one) / (size - one);
  return most < size ? 0 : sets;
}

/** The chance that an item of the padded set, and that any other, stands in a report.
 * @param {{k: number, m: number, s: number, epsilon: number}} design ε in thousandths
 */
export function chancesOf({ k, m, s, epsilon }) {
  const weight = Math.exp(epsilon / 1000);
  const missing = choose(k, s);
  const total = weight * (choose(k + m, s) - missing) + missing;
  const others = choose(k + m - 1, s - 1);
  const apart = choose(k - 1, s - 1);
  return { own: (weight * others) / total, other: (weight * (others - apart) + apart) / total };
}

/** The same for one of her interests: with more than m of them, each is among the m drawn from only sometimes.
 * @param {Parameters<typeof chancesOf>[0]} design @param {number} howMany
 */
export function chanceOfOwn(design, howMany) {
  const { own, other } = chancesOf(design);
  const share = Math.min(1, design.m / Math.max(1, howMany));
  return share * own + (1 - share) * other;
}

/** To how many to one a report can move somebody who held it for even odds.
 * @param {number} epsilon in thousandths
 */
export const oddsOf = (epsilon) => Math.exp(epsilon / 1000);

/** The size that the service would choose too, until its terms are read.
 * @param {number} k
 */
export function usualDesign(k, m = Math.min(5, k), epsilon = 1000) {
  const error = (/** @type {number} */ s) => {
    const { own, other } = chancesOf({ k, m, s, epsilon });
    return (m * own * (1 - own) + k * other * (1 - other)) / (own - other) ** 2;
  };
  const sizes = Array.from({ length: Math.min(k, 2 + 2 * Math.floor((k + m) / m)) }, (_, place) => place + 1);
  const s = sizes.reduce((best, one) => (error(one) < error(best) ? one : best));
  return { k, m, s, epsilon };
}
