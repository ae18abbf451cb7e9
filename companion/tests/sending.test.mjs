import assert from "node:assert/strict";
import { test } from "node:test";
import { forgetLeft } from "../src/left.js";
import { spent } from "../src/privacy/ledger.js";
import { booksOf, waitUntil } from "../src/sending.js";
import { NotSent } from "../src/terms.js";
import { Device, HOUR, Service, START } from "./double.mjs";

const why = (expected) => (problem) => problem instanceof NotSent && problem.why === expected;
const waiting = async (device) => {
  const work = device.start();
  const { blinded } = await work.prepare();
  return work.permitted(device.service.permit(blinded).signature, [3], "m");
};

function isOneReportPaidOnce({ service, kept }, at) {
  assert.equal(kept.ledger.sending.stage, "sent", at);
  assert.equal(service.counted.size, 1, at);
  assert.equal(service.signed.size, 1, at);
  assert.equal(spent(booksOf(kept.ledger)), 1000, at);
  const sent = new Set(service.asked.filter((one) => one.method === "POST").map((one) => one.body));
  assert.equal(sent.size, 1, at);
  const [left] = kept.left.filter((one) => one.what === "report");
  assert.equal(left.bytes, [...sent][0], at);
  // Everything that reached the service is in the list; the list may know of a try that did not reach it.
  assert.ok(left.times.length >= service.asked.filter((one) => one.method === "POST").length, at);
}

test("a report is asked for, kept, sent hours later and counted", async () => {
  const device = new Device();
  assert.equal((await device.live()).stage, "sent");
  isOneReportPaidOnce(device, "no crash");
  const [report] = device.service.counted.values();
  assert.match(report, /^\{"report":"privset-1","table":"2026-1","epsilon":1000,"k":60,"m":5,"s":4,"group":"m","items":\[[\d,]+\]\}$/);
});

test("killed once at any point, the device sends one report, paid once", async () => {
  let point = 1;
  const seen = [];
  for (; ; point++) {
    const device = new Device();
    const wasKilled = await device.killed(point);
    if (!wasKilled) break;
    seen.push(...device.log);
    const end = await device.live();
    assert.equal(end.stage, "sent", `killed ${device.log}`);
    isOneReportPaidOnce(device, `killed ${device.log}`);
  }
  assert.ok(point > 30, `only ${point} points`);
  for (const name of ["before write", "after write", "before network", "after network", "after window"]) {
    assert.ok(seen.includes(name), name);
  }
});

test("killed twice, the device sends one report, paid once", async () => {
  for (let first = 1; first < 36; first += 3) {
    for (const second of [4, 9, 14, 19, 24, 29, 34]) {
      const device = new Device();
      await device.killed(first);
      await device.killed(second);
      await device.live();
      isOneReportPaidOnce(device, `killed ${device.log}`);
    }
  }
});

test("two pages that send at the same moment send one report", async () => {
  const device = new Device();
  const store = device.store;
  const [one, other] = [device.start(store), device.start(store)];
  const asked = await Promise.all([one.prepare(), other.prepare()]);
  assert.equal(asked[0].blinded, asked[1].blinded);
  const { signature } = device.service.permit(asked[0].blinded);
  await Promise.all([one.permitted(signature, [1], ""), other.permitted(signature, [2], "")]);
  device.time += 25 * HOUR;
  await Promise.all([one.send(), other.send()]);
  isOneReportPaidOnce(device, "two pages");
});

test("a permit that comes twice draws once, and starts nothing anew", async () => {
  const device = new Device();
  const { sendAfter } = await waiting(device);
  const before = structuredClone(device.kept.ledger);
  device.time = sendAfter;
  await device.start().send();
  const again = await device.start().permitted("anything", [1, 2], "");
  assert.equal(again.stage, "sent");
  assert.equal(device.kept.ledger.books.replace("true", "false"), before.books);
});

test("a report does not leave before its hour, which is one to twenty-four hours away by chance", async () => {
  const delays = [];
  for (let turn = 0; turn < 12; turn++) {
    const device = new Device();
    const { sendAfter } = await waiting(device);
    device.time = sendAfter - 1;
    await device.start().send();
    assert.equal(device.service.counted.size, 0);
    device.time = sendAfter;
    await device.start().send();
    assert.equal(device.service.counted.size, 1);
    delays.push(sendAfter - START);
  }
  assert.ok(delays.every((one) => HOUR <= one && one <= 24 * HOUR));
  assert.ok(new Set(delays).size > 6);
});

test("near the end of the quarter a report leaves before it ends", () => {
  const end = Date.UTC(2027, 0, 1);
  assert.equal(waitUntil("2026-q4", START).most, 1440);
  assert.ok(end - 6 * HOUR + waitUntil("2026-q4", end - 6 * HOUR).most * 60_000 < end - HOUR);
  assert.deepEqual(waitUntil("2026-q4", end - 1), { least: 60, most: 60 });
});

test("no cookie, referrer, cache or language of hers goes with any request", async () => {
  const device = new Device();
  await device.live();
  assert.ok(device.service.asked.length >= 3);
  for (const one of device.service.asked) {
    assert.equal(one.credentials, "omit");
    assert.equal(one.referrerPolicy, "no-referrer");
    assert.equal(one.cache, "no-store");
    assert.equal(one.redirect, "error");
    assert.equal(one.headers["Accept-Language"], "fr");
  }
});

for (const [what, changed] of [
  ["another list", { table: "2026-2" }],
  ["another ε", { epsilon: 500 }],
  ["another size", { s: 3 }],
]) {
  test(`a report drawn before the terms changed (${what}) is not sent, and it is told`, async () => {
    const device = new Device();
    await waiting(device);
    Object.assign(device.service.terms, changed);
    device.time += 25 * HOUR;
    const end = await device.start().send();
    assert.deepEqual([end.stage, end.why], ["ended", "changed"]);
    assert.equal(device.service.counted.size, 0);
    assert.equal(spent(booksOf(device.kept.ledger)), 1000);
  });
}

test("a report is not sent when its quarter is over", async () => {
  const device = new Device();
  await waiting(device);
  device.service.terms.period = "2027-1";
  device.time = Date.UTC(2027, 0, 2);
  assert.equal((await device.start().send()).why, "period");
  assert.equal(device.service.counted.size, 0);
});

test("an agreement withdrawn before the hour stops the report", async () => {
  const device = new Device();
  await waiting(device);
  device.isAllowed = false;
  device.time += 25 * HOUR;
  assert.equal((await device.start().send()).why, "consent");
  assert.equal(device.service.counted.size, 0);
});

test("nothing is asked for without her agreement", async () => {
  const device = new Device();
  device.isAllowed = false;
  await assert.rejects(device.start().prepare(), why("consent"));
  assert.equal(device.service.asked.length, 0);
});

for (const status of [500, 503, 429]) {
  test(`a service that answers ${status} is tried again later, with the same bytes`, async () => {
    const device = new Device();
    await waiting(device);
    device.time += 25 * HOUR;
    const { service } = device;
    const { fetch } = service;
    service.fetch = async (address, options) => {
      const answer = await fetch(address, options);
      return options.method === "POST" ? new Response("", { status }) : answer;
    };
    const later = await device.start().send();
    assert.equal(later.stage, "waiting");
    assert.ok(later.sendAfter > device.time);
    service.fetch = fetch;
    device.time += 3 * HOUR;
    await device.start().send();
    isOneReportPaidOnce(device, String(status));
  });
}

test("without network nothing is lost", async () => {
  const device = new Device();
  await waiting(device);
  device.service.answer = () => Promise.reject(new TypeError("offline"));
  device.time += 25 * HOUR;
  assert.equal((await device.start().send()).stage, "waiting");
  await assert.rejects(new Device(device.service).start().prepare(), why("offline"));
  device.service.answer = null;
  device.time += 3 * HOUR;
  await device.start().send();
  isOneReportPaidOnce(device, "offline");
});

test("what the service refuses is told in its words and not sent again", async () => {
  const device = new Device();
  await waiting(device);
  const { fetch } = device.service;
  device.service.fetch = async (address, options) =>
    options.method === "POST" ? new Response("Not of this survey.", { status: 400 }) : fetch(address, options);
  device.time += 25 * HOUR;
  const end = await device.start().send();
  assert.deepEqual([end.stage, end.why, end.words], ["ended", "refused", "Not of this survey."]);
});

test("another device of hers had this quarter's permit: nothing is drawn or spent", async () => {
  const service = new Service();
  assert.equal((await new Device(service).live()).stage, "sent");
  const other = new Device(service);
  const end = await other.live();
  assert.deepEqual([end.stage, end.why], ["ended", "already"]);
  assert.equal(spent(booksOf(other.kept.ledger)), 0);
  assert.equal(service.counted.size, 1);
});

test("four quarters reach the cap, and the device refuses the fifth by itself", async () => {
  const device = new Device();
  const quarters = ["2026-1", "2026-2", "2026-3", "2026-4", "2027-1"];
  for (const [place, period] of quarters.entries()) {
    device.time = Date.UTC(2026, 3 * place + 1, 10);
    device.service.terms.period = period;
    device.service.terms.cap = 8000;
    if (place < 4) assert.equal((await device.live()).stage, "sent");
    else await assert.rejects(device.live(), why("cap"));
  }
  assert.equal(device.service.counted.size, 4);
});

test("a service that invents a quarter, another list, or a key that is too short gets nothing", async () => {
  for (const [changed, expected] of [
    [{ period: "2027-3" }, "clock"],
    [{ period: "soon" }, "unreadable"],
    [{ table: "2030-9" }, "table"],
    [{ k: 59 }, "table"],
    [{ key: { n: "AQAB", e: "AQAB" } }, "unreadable"],
    [{ epsilon: 9000 }, "unreadable"],
    [{ epsilon: 0.5 }, "unreadable"],
    [{ cap: 500 }, "unreadable"],
  ]) {
    const device = new Device();
    Object.assign(device.service.terms, changed);
    await assert.rejects(device.start().prepare(), why(expected), JSON.stringify(changed));
    assert.equal(device.kept.ledger, undefined);
  }
});

test("a report that waits can be held back, and one that was sent taken back", async () => {
  const one = new Device();
  await waiting(one);
  assert.equal((await one.start().takeBack()).why, "person");
  one.time += 25 * HOUR;
  await one.start().send();
  assert.equal(one.service.counted.size, 0);

  const other = new Device();
  await other.live();
  assert.equal((await other.start().takeBack()).stage, "back");
  assert.equal(other.service.counted.size, 0);
  assert.equal(spent(booksOf(other.kept.ledger)), 1000);
});

test("erasing takes the bytes away and not what was spent; the report is not drawn a second time", async () => {
  const device = new Device();
  await waiting(device);
  await forgetLeft(device.store);
  assert.ok(!JSON.stringify(device.kept).includes("privset-1"));
  assert.equal(spent(booksOf(device.kept.ledger)), 1000);
  device.time += 25 * HOUR;
  await device.start().send();
  assert.equal(device.service.counted.size, 0);
  await assert.rejects(device.start().prepare(), why("already"));
});
