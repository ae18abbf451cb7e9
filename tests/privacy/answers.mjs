/** What the companion's modules answer to the shared vectors; asked by node or by a browser. */

import { privSet } from "../../companion/src/privacy/privset.js";
import { writeReport } from "../../companion/src/privacy/report.js";

/** A known stream of bytes, and how many of them were read. */
function streamOf(hex) {
  const content = Uint8Array.from(hex.match(/../g) ?? [], (two) => parseInt(two, 16));
  let read = 0;
  const source = (count) => content.slice(read, (read += count));
  return { source, left: () => content.length - read };
}

export function answers({ table, designs, cases }) {
  return {
    designs: designs.map(({ design }) => {
      const { over, total } = privSet(design);
      return { over: String(over), total: String(total) };
    }),
    cases: cases.map(({ design, interests, stream, group }) => {
      const { source, left } = streamOf(stream);
      const mechanism = privSet(design);
      const report = mechanism.draw(interests, source);
      return { report, bytes: writeReport({ table, mechanism }, report, group), left: left() };
    }),
  };
}

/** In how many of so many reports, drawn from the secure source, each item stands. */
export function tally(design, interests, times) {
  const mechanism = privSet(design);
  const items = new Array(mechanism.d).fill(0);
  for (let time = 0; time < times; time++) for (const item of mechanism.draw(interests)) items[item]++;
  return items;
}

/** So many reports, one after the other. */
export function reports(design, interests, times) {
  const mechanism = privSet(design);
  return Array.from({ length: times }, () => mechanism.draw(interests)).flat();
}

/** Microseconds of one report. */
export function microseconds(design, interests, times) {
  const mechanism = privSet(design);
  const began = performance.now();
  for (let time = 0; time < times; time++) mechanism.draw(interests);
  return ((performance.now() - began) * 1000) / times;
}

/** Which of these are refused. */
export function refused(tries) {
  return tries.map(([design, interests, group]) => {
    try {
      const mechanism = privSet(design);
      writeReport({ table: "t", mechanism }, mechanism.draw(interests), group);
      return false;
    } catch (error) {
      return error instanceof RangeError;
    }
  });
}
