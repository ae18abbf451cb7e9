import assert from "node:assert/strict";
import { test } from "node:test";
import { corrected, dayOf, faded, forgotten, noted, SAID_WEIGHT, strengths, withMail, without } from "../src/traces.js";

const MONDAY = 18; // 19 January 1970
const WEEKS = 7;

/** Notes one interest on each of these days. */
const on = (days, code = "interest:diy") => days.reduce((state, day) => noted(state, [code], day), {});

test("a day counts once however many pages", () => {
  const once = noted({}, ["interest:diy"], MONDAY);
  assert.equal(noted(once, ["interest:diy", "interest:diy"], MONDAY), once);
  assert.equal(on([MONDAY, MONDAY, MONDAY + 1])["interest:diy"].sites.n, 2);
});

test("nothing is kept but a count, a day and a weight", () => {
  const state = on([MONDAY, MONDAY + 1]);
  assert.deepEqual(state, { "interest:diy": { sites: { n: 2, last: MONDAY + 1, weight: 2 } } });
});

test("what is given is never changed in place", () => {
  const before = Object.freeze({ "interest:diy": Object.freeze({ sites: Object.freeze({ n: 1, last: MONDAY, weight: 1 }) }) });
  assert.notEqual(noted(before, ["interest:diy"], MONDAY + 1), before);
  assert.equal(before["interest:diy"].sites.n, 1);
});

test("within a week nothing fades, after eight weeks a day weighs half", () => {
  const state = on([MONDAY]);
  const strength = (day) => strengths(state, {}, day).get("interest:diy").strength;
  assert.equal(strength(MONDAY + 6), 1);
  assert.ok(strength(MONDAY + 7) < 1);
  assert.equal(strength(MONDAY + 8 * WEEKS), 0.5);
});

test("a day of long ago is added to what is left of it", () => {
  const state = on([MONDAY, MONDAY + 8 * WEEKS]);
  assert.equal(state["interest:diy"].sites.weight, 1.5);
  assert.equal(state["interest:diy"].sites.n, 2);
});

test("what does not come back is forgotten, and leaves nothing", () => {
  const state = on([MONDAY]);
  assert.equal(faded(state, MONDAY + 32 * WEEKS), state);
  assert.deepEqual(faded(state, MONDAY + 33 * WEEKS), {});
  assert.equal(strengths(state, {}, MONDAY + 33 * WEEKS).size, 0);
});

test("a clock that was ahead counts no day twice and blocks nothing", () => {
  const ahead = on([MONDAY + 4000]);
  const back = noted(ahead, ["interest:diy"], MONDAY);
  assert.deepEqual(back["interest:diy"].sites, { n: 1, last: MONDAY, weight: 1 });
  assert.equal(noted(back, ["interest:diy"], MONDAY + 1)["interest:diy"].sites.n, 2);
});

test("never again is never noted, from sites or from mail", () => {
  const never = { "interest:diy": "never" };
  const state = {};
  assert.equal(noted(state, ["interest:diy"], MONDAY, never), state);
  assert.deepEqual(withMail(state, new Map([["interest:diy", 9]]), MONDAY, never), {});
  assert.equal(strengths(on([MONDAY]), never, MONDAY).size, 0);
});

test("what she says herself is there without any trace, and does not fade", () => {
  const found = strengths({}, { "interest:cooking": "mine" }, MONDAY + 500 * WEEKS).get("interest:cooking");
  assert.deepEqual(found, { strength: SAID_WEIGHT, sites: 0, mail: 0, said: true, parts: { sites: 0, mail: 0, said: SAID_WEIGHT } });
  assert.deepEqual(corrected({ a: "mine", b: "never" }, "never"), ["b"]);
});

test("the same mail read twice counts once, and stands beside sites", () => {
  const messages = new Map([["interest:diy", 3], ["interest:cinema", 40]]);
  const once = withMail(on([MONDAY]), messages, MONDAY);
  assert.deepEqual(withMail(once, messages, MONDAY), once);
  assert.deepEqual(strengths(once, {}, MONDAY).get("interest:diy").parts, { sites: 1, mail: 3, said: 0 });
  assert.equal(strengths(once, {}, MONDAY).get("interest:cinema").strength, 12);
});

test("mail is taken away without touching sites, and sites without touching mail", () => {
  const both = withMail(on([MONDAY]), new Map([["interest:diy", 3], ["interest:cinema", 1]]), MONDAY);
  assert.deepEqual(without(both, "mail"), on([MONDAY]));
  assert.deepEqual(Object.keys(without(both, "sites")["interest:diy"]), ["mail"]);
  assert.deepEqual(without(on([MONDAY]), "sites"), {});
});

test("one interest is forgotten alone", () => {
  assert.deepEqual(Object.keys(forgotten({ ...on([MONDAY]), ...on([MONDAY], "interest:cars") }, "interest:diy")), ["interest:cars"]);
});

test("the strongest comes first, and equals in a fixed order", () => {
  const state = { ...on([MONDAY], "interest:b"), ...on([MONDAY], "interest:a"), ...on([MONDAY, MONDAY + 1], "interest:c") };
  assert.deepEqual([...strengths(state, {}, MONDAY + 1).keys()], ["interest:c", "interest:a", "interest:b"]);
});

test("a day is that of the place where she lives", () => {
  const midnight = new Date(2026, 10, 25, 0, 0, 30).getTime();
  assert.equal(dayOf(midnight) - dayOf(midnight - 60_000), 1);
  assert.equal(dayOf(midnight), dayOf(midnight + 23 * 3_600_000));
});
