import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as books from "../src/privacy/ledger.js";

const known = JSON.parse(readFileSync(new URL("../../tests/vectors/ledger.json", import.meta.url), "utf8"));

/** A device that does as it is told and says what came of it, as the one in tests/privacy/ledger_vectors.py. */
class Device {
  draws = 0;

  constructor(cap) {
    this.ledger = books.makeLedger(cap);
  }

  async act(verb, ...given) {
    try {
      if (verb === "report") {
        const draw = () => `report ${(this.draws += 1)}`;
        const keep = async (ledger) => void (this.ledger = ledger);
        return await books.reportFor(this.ledger, ...given, { draw, keep });
      }
      this.ledger = books[verb](this.ledger, ...given);
      return "";
    } catch (refusal) {
      return refusal instanceof RangeError ? "Invalid" : refusal.constructor.name;
    }
  }
}

test("JavaScript keeps the books that Python keeps", async () => {
  assert.ok(known.cases.length > 400);
  for (const { cap, acts, told, ledger } of known.cases) {
    const device = new Device(cap);
    const found = [];
    for (const act of acts) found.push([await device.act(...act), books.spent(device.ledger), device.draws]);
    assert.deepEqual(found, told, JSON.stringify(acts));
    assert.deepEqual(JSON.parse(books.dumps(books.loads(books.dumps(device.ledger)))), JSON.parse(ledger));
    assert.deepEqual(books.loads(ledger), device.ledger);
  }
});

test("a damaged ledger is refused and never taken for an empty one", () => {
  for (const text of known.damaged) assert.throws(() => books.loads(text));
});

test("nothing is returned, so nothing can be sent, that could not be kept", async () => {
  const full = async () => {
    throw new Error("disk full");
  };
  const asked = books.reportFor(books.makeLedger(), "2026-q4", 1000, { draw: () => "x", keep: full });
  await assert.rejects(asked, /disk full/);
});

test("a day has its quarter", () => {
  const days = ["2026-01-01", "2026-03-31", "2026-04-01", "2026-12-31"];
  assert.deepEqual(days.map(books.quarterOf), ["2026-q1", "2026-q1", "2026-q2", "2026-q4"]);
});
