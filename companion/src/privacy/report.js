/**
 * The bytes of a report: one line of JSON that a person can read, in one form only.
 * The twin of `Survey.write` in src/visavis/privacy/reports.py.
 */

const NAME = /^[a-z0-9][a-z0-9.-]{0,39}$/;

/**
 * @param {{table: string, mechanism: ReturnType<typeof import("./privset.js").privSet>}} survey
 * @param {number[]} items what `draw` returned
 * @param {string} group a family of occupations that the person chose to say, or ""; it is not protected
 * @returns {string} ASCII
 */
export function writeReport({ table, mechanism }, items, group = "") {
  if (!NAME.test(table) || (group && !NAME.test(group)) || !mechanism.isReport(items)) {
    throw new RangeError("not a report of this survey");
  }
  const { epsilon, k, m, s } = mechanism;
  return JSON.stringify({ report: "privset-1", table, epsilon, k, m, s, group, items });
}
