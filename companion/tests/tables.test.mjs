import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { interestsOf } from "../src/sites.js";

const table = (name) => JSON.parse(readFileSync(new URL(`../src/tables/${name}.json`, import.meta.url), "utf8"));
const tables = { hosts: table("hosts"), interests: table("interests") };

test("the lists that are shipped are of one edition, and every number stands for an interest", () => {
  assert.equal(tables.hosts.table, tables.interests.table);
  const numbers = Object.values(tables.hosts.hosts).flat();
  assert.ok(numbers.length > 1500 && numbers.every((number) => tables.interests.interests[number]));
});

test("a shop for DIY is known, below its name too; a hospital is not", () => {
  assert.ok(interestsOf("www.castorama.fr", tables).includes("interest:diy"));
  assert.deepEqual(interestsOf("rdv.aphp.fr", tables), []);
});

test("one look-up is far below what a person could feel", () => {
  const start = performance.now();
  for (let turn = 0; turn < 10_000; turn += 1) interestsOf("a.b.www.castorama.fr", tables);
  assert.ok((performance.now() - start) / 10_000 < 0.5, "milliseconds each");
});
