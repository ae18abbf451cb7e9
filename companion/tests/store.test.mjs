import assert from "node:assert/strict";
import { test } from "node:test";
import { KEYS, openStore } from "../src/store.js";
import { noted } from "../src/traces.js";

/** A browser's storage, as slow as one. */
function area() {
  const kept = new Map();
  const wait = () => new Promise((done) => setTimeout(done, 1));
  return {
    async get(key) {
      await wait();
      return structuredClone(key === null ? Object.fromEntries(kept) : kept.has(key) ? { [key]: kept.get(key) } : {});
    },
    async set(items) {
      await wait();
      for (const [key, value] of Object.entries(items)) kept.set(key, structuredClone(value));
    },
    async clear() {
      kept.clear();
    },
  };
}

test("what is written is read, what is not is undefined", async () => {
  const store = openStore(area());
  await store.write("pause", { until: null });
  assert.deepEqual(await store.read("pause"), { until: null });
  assert.equal(await store.read("traces"), undefined);
});

test("only what is documented can be kept", async () => {
  const store = openStore(area());
  await assert.rejects(async () => store.write("history", []), RangeError);
  await assert.rejects(async () => store.read("urls"), RangeError);
  assert.deepEqual([...KEYS].sort(), ["consent", "corrections", "file", "language", "ledger", "left", "pause", "traces"]);
});

test("two events at once lose no count", async () => {
  const store = openStore(area());
  const note = (code) => store.alone(async ({ read, write }) => write("traces", noted(await read("traces"), [code], 1)));
  await Promise.all(Array.from({ length: 20 }, (_, number) => note(`interest:${number}`)));
  assert.equal(Object.keys(await store.read("traces")).length, 20);
});

test("work that fails does not hold up the next", async () => {
  const store = openStore(area());
  await assert.rejects(store.alone(async () => { throw new Error("no"); }));
  await store.write("pause", { until: null });
  assert.deepEqual(await store.all(), { pause: { until: null } });
});

test("erasing waits for its turn and leaves nothing", async () => {
  const store = openStore(area());
  const late = store.alone(async ({ write }) => write("traces", { "interest:diy": {} }));
  await Promise.all([late, store.erase()]);
  assert.deepEqual(await store.all(), {});
});
