/**
 * PrivSet: a report about a set of interests under ε-local differential privacy.
 *
 * Statement: for any two sets of interests x and x' that a person may have, and any report z,
 * P(z | x) ≤ e^ε · P(z | x'), against everybody who sees the report, the service included.
 * Proof and sources: src/visavis/privacy/privset.py, whose twin this file is.
 */

import { below, columns, expFromBelow, secureBytes, subsetAt } from "./exact.js";

export const SCALE_BITS = 32;
const MOST_ITEMS = 4096;
const MOST_THOUSANDTHS = 8000;

const isBetween = (number, least, most) => Number.isInteger(number) && least <= number && number <= most;

/**
 * Prepare the drawing of reports.
 * @param {{k: number, m: number, s: number, epsilon: number, scaleBits?: number}} design
 *   k interests in the table, m items of a padded set, s items of a report, ε in thousandths
 */
export function privSet({ k, m, s, epsilon, scaleBits = SCALE_BITS }) {
  const d = k + m;
  if (!isBetween(k, 1, MOST_ITEMS) || !isBetween(m, 1, k) || !isBetween(s, 1, k) || d > MOST_ITEMS) {
    throw new RangeError("1 ≤ m, s ≤ k, and not too many interests");
  }
  if (!isBetween(epsilon, 1, MOST_THOUSANDTHS) || !isBetween(scaleBits, 0, SCALE_BITS)) {
    throw new RangeError("ε above 0 and at most 8");
  }
  const within = columns(m, m);
  const outside = columns(k, s);
  const over = expFromBelow(epsilon, scaleBits);
  const under = 1n << BigInt(scaleBits);
  const missing = outside[s][k];
  const meeting = columns(d, s)[s][d] - missing;
  const total = over * meeting + under * missing;

  /** Exactly m items, ascending: the person's own, or m of them by chance, then dummies. */
  function padded(interests, source) {
    let own = [...interests].sort((a, b) => a - b);
    if (new Set(own).size !== own.length || own.some((one) => !isBetween(one, 0, k - 1))) {
      throw new RangeError("interests are different numbers of the table");
    }
    if (own.length > m) {
      const table = columns(own.length, m);
      const kept = subsetAt(below(table[m][own.length], source), m, table);
      own = kept.map((place) => own[place]);
    }
    for (let dummy = k; own.length < m; dummy++) own.push(dummy);
    return own;
  }

  /** The report that a number in [0, total) stands for. */
  function reportAt(number, items) {
    if (number >= over * meeting) {
      return around(subsetAt((number - over * meeting) / under, s, outside), items);
    }
    number /= over;
    let common = 1;
    for (; common < Math.min(m, s); common++) {
      const sets = within[common][m] * outside[s - common][k];
      if (number < sets) break;
      number -= sets;
    }
    const others = outside[s - common][k];
    const inside = subsetAt(number / others, common, within).map((place) => items[place]);
    const apart = around(subsetAt(number % others, s - common, outside), items);
    return [...inside, ...apart].sort((a, b) => a - b);
  }

  /** Draw the report of a person: s items, ascending. Once a quarter; store it before it leaves. */
  function draw(interests, source = secureBytes) {
    const items = padded(interests, source);
    return reportAt(below(total, source), items);
  }

  /** Whether `draw` can return it. */
  function isReport(items) {
    return (
      items.length === s && items.every((one, place) => isBetween(one, place ? items[place - 1] + 1 : 0, d - 1))
    );
  }

  return Object.freeze({ k, m, s, d, epsilon, over, under, total, draw, isReport });
}

/** The items at these places among all that are not in the padded set; all ascending. */
function around(places, items) {
  let passed = 0;
  return places.map((place) => {
    while (passed < items.length && items[passed] <= place + passed) passed++;
    return place + passed;
  });
}
