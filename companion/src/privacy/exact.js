/**
 * Exact chance: whole numbers drawn from secure bits, subsets numbered, and e^ε from below, without a float.
 * The twin of src/visavis/privacy/exact.py, which says why: the same bytes in give the same numbers out.
 */

const SERIES_BITS = 96n;

/** The browser's source of secure bytes, the only one that a person's report may be drawn from. */
export function secureBytes(count) {
  return crypto.getRandomValues(new Uint8Array(count));
}

/**
 * Draw a whole number in [0, total), each with the same chance, exactly.
 * @param {bigint} total at least 1
 * @param {(count: number) => Uint8Array} source
 * @returns {bigint}
 */
export function below(total, source = secureBytes) {
  if (total < 1n) throw new RangeError("total is at least 1");
  const bits = total === 1n ? 0 : (total - 1n).toString(2).length;
  const width = Math.ceil(bits / 8);
  const mask = (1n << BigInt(bits)) - 1n;
  for (;;) {
    const read = source(width);
    if (read.length !== width) throw new RangeError(`the source gave ${read.length} bytes for ${width}`);
    let number = 0n;
    for (const byte of read) number = (number << 8n) | BigInt(byte);
    number &= mask;
    if (number < total) return number;
  }
}

/**
 * C(c, i) for i up to `size` and c up to `most`.
 * @returns {bigint[][]}
 */
export function columns(most, size) {
  const table = [Array.from({ length: most + 1 }, () => 1n)];
  for (let chosen = 1; chosen <= size; chosen++) {
    const column = [0n];
    // Pascal's triangle, one column after the other.
    for (let one = 1; one <= most; one++) column.push(column[one - 1] + table[chosen - 1][one - 1]);
    table.push(column);
  }
  return table;
}

/**
 * The subset of that size and number, ascending (the combinatorial number system: Knuth, 7.2.1.3).
 * @param {bigint} number
 * @param {number} size
 * @param {bigint[][]} table
 * @returns {number[]}
 */
export function subsetAt(number, size, table) {
  const chosen = [];
  for (let left = size; left > 0; left--) {
    const column = table[left];
    let low = 0;
    let high = column.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (column[middle] <= number) low = middle + 1;
      else high = middle;
    }
    number -= column[low - 1];
    chosen.push(low - 1);
  }
  return chosen.reverse();
}

/**
 * The whole part of 2^scaleBits · e^(thousandths/1000), never more.
 * @returns {bigint}
 */
export function expFromBelow(thousandths, scaleBits) {
  let term = 1n << SERIES_BITS;
  let total = term;
  for (let step = 1n; term > 0n; step++) {
    term = (term * BigInt(thousandths)) / (1000n * step);
    total += term;
  }
  return total >> (SERIES_BITS - BigInt(scaleBits));
}
