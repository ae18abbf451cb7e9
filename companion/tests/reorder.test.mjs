import assert from "node:assert/strict";
import { test } from "node:test";
import { gainOf, readShortlist, reordered } from "../src/reorder.js";

const opening = (title, score, interests, counted) => ({ title, employer: "E", place: "P", address: `/o/${title}/`, score, interests, counted });
const titles = (placed) => placed.map((one) => one.opening.title).join("");
const LIST = [
  opening("a", 1.0, ["diy", "cars"]),
  opening("b", 0.9, ["cinema"]),
  opening("c", 0.8, ["diy"]),
  opening("d", 0.1, []),
];

test("interests move up what they suit, and the rest only makes room", () => {
  const placed = reordered(LIST, new Set(["diy"]));
  assert.equal(titles(placed), "cabd");
  assert.deepEqual(
    placed.map(({ before, after, extra, because }) => [before, after, extra, because]),
    [[3, 1, 0.5, ["diy"]], [1, 2, 0.25, ["diy"]], [2, 3, 0, []], [4, 4, 0, []]],
  );
});

test("without interests the order is the one given, even where the scores say another", () => {
  const odd = [opening("x", 0.1, ["diy"]), opening("y", 3, ["diy"]), opening("z", 0.1, [])];
  assert.equal(titles(reordered(odd, new Set())), "xyz");
  assert.equal(titles(reordered(LIST, new Set(["fishing"]))), "abcd");
});

test("nothing leaves what was asked for, nor comes into it, however much it is liked", () => {
  const tiered = LIST.map((one, place) => ({ ...one, tier: place < 2 ? 0 : 1 }));
  assert.equal(titles(reordered(tiered, new Set(["diy", "cinema"]))), "bacd");
  const late = [{ ...opening("x", 0.1, []), tier: 0 }, { ...opening("y", 3, []), tier: 1 }, { ...opening("z", 2, ["diy"]), tier: 1 }];
  assert.equal(titles(reordered(late, new Set(["diy"]))), "xyz");
});

test("no interest ever lowers an opening, however they are chosen", () => {
  const codes = ["diy", "cars", "cinema", "fishing"];
  for (let mask = 0; mask < 16; mask++) {
    const hers = new Set(codes.filter((_, place) => mask & (1 << place)));
    for (const one of LIST) assert.ok(gainOf(one, hers).extra >= 0);
    for (const code of codes) {
      for (const one of LIST) assert.ok(gainOf(one, new Set([...hers, code])).extra >= gainOf(one, hers).extra);
    }
  }
});

test("what her file counts already counts once", () => {
  const one = opening("a", 1, ["diy", "cars"], ["diy"]);
  assert.deepEqual(gainOf(one, new Set(["diy"])), { extra: 0, because: [] });
  assert.deepEqual(gainOf(one, new Set(["diy", "cars"])), { extra: 0.25, because: ["cars"] });
  assert.equal(gainOf(opening("a", 1, ["diy"]), new Set(["diy"]), new Set(["diy"])).extra, 0);
});

test("only openings of the service, well formed, are taken", () => {
  const good = opening("a", 1, ["diy"]);
  const bad = [
    { ...good, address: "https://evil.test/" },
    { ...good, address: "javascript:alert(1)" },
    { ...good, score: "1" },
    { ...good, interests: "diy" },
    { ...good, title: 3 },
    null,
  ];
  assert.deepEqual(readShortlist({ openings: [good, ...bad] }, "http://service.test"), [good]);
  assert.deepEqual(readShortlist(null, "http://service.test"), []);
});
