import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";
import { askService, byRelay, byWindow, NotTold } from "../src/handshake.js";

const SERVICE = "http://service.test";
const QUESTION = { ask: "permit", blinded: "AQAB", period: "2026-4" };
const FAST = { patience: 400, look: 5 };
const soon = (ms = 20) => new Promise((done) => setTimeout(done, ms));
const why = (expected) => (problem) => problem instanceof NotTold && problem.why === expected;

/** A page of the companion, and the window it opens. */
class Browser {
  listeners = new Set();
  heard = [];
  other = { closed: false, postMessage: (message, origin) => this.heard.push([message, origin]) };

  open = (address) => {
    this.opened = address;
    return this.other;
  };
  addEventListener = (_, listener) => this.listeners.add(listener);
  removeEventListener = (_, listener) => this.listeners.delete(listener);

  async say(data, { source = this.other, origin = SERVICE } = {}) {
    for (const listener of this.listeners) listener({ data, source, origin });
    await soon(5);
  }
}

const asking = (browser, more = {}) => askService(SERVICE, QUESTION, { opening: byWindow(browser), ...FAST, ...more });
const PERMIT = { visavis: 1, told: "permit", signature: "AA" };

test("the page is opened in the click itself, asked when it is ready, and its answer is returned", async () => {
  const browser = new Browser();
  const answer = asking(browser);
  assert.equal(browser.opened, `${SERVICE}/companion/window/`);
  assert.deepEqual(browser.heard, []);
  await browser.say({ visavis: 1, told: "ready" });
  assert.deepEqual(browser.heard, [[{ visavis: 1, ...QUESTION }, SERVICE]]);
  await browser.say(PERMIT);
  assert.deepEqual(await answer, PERMIT);
  assert.equal(browser.listeners.size, 0);
});

test("a page that is ready again, after she signed in, is asked again", async () => {
  const browser = new Browser();
  const answer = asking(browser);
  for (let time = 0; time < 2; time++) await browser.say({ visavis: 1, told: "ready" });
  assert.equal(browser.heard.length, 2);
  await browser.say({ visavis: 1, told: "refused", why: "person" });
  assert.equal((await answer).why, "person");
});

test("another origin, another window and another kind of message are not heard", async () => {
  const browser = new Browser();
  const answer = asking(browser);
  await browser.say({ visavis: 1, told: "ready" }, { origin: "http://evil.test" });
  await browser.say({ visavis: 1, told: "ready" }, { origin: `${SERVICE}.evil.test` });
  await browser.say({ visavis: 1, told: "ready" }, { source: {} });
  for (const data of [null, "ready", { told: "ready" }, { visavis: 2, told: "ready" }, { visavis: 1, told: 1 }]) await browser.say(data);
  assert.deepEqual(browser.heard, []);
  await browser.say(PERMIT, { origin: "http://evil.test" });
  await browser.say({ visavis: 1, told: "file", saved: [] });
  browser.other.closed = true;
  await assert.rejects(answer, why("closed"));
});

test("what leaves is written down before it leaves, and does not leave if it cannot be", async () => {
  const browser = new Browser();
  const order = [];
  browser.other.postMessage = () => order.push("told");
  const answer = asking(browser, { leaving: async (message) => void order.push(message.ask) });
  await browser.say({ visavis: 1, told: "ready" });
  assert.deepEqual(order, ["permit", "told"]);
  await browser.say(PERMIT);
  await answer;

  const full = new Browser();
  const failing = asking(full, { leaving: async () => Promise.reject(new Error("disk full")) });
  full.say({ visavis: 1, told: "ready" });
  await assert.rejects(failing, /disk full/);
  assert.deepEqual(full.heard, []);
});

test("a closed window, a window that is not allowed and a page that never answers are told apart", async () => {
  const closed = new Browser();
  const one = asking(closed);
  closed.other.closed = true;
  await assert.rejects(one, why("closed"));

  const blocked = new Browser();
  blocked.open = () => null;
  await assert.rejects(asking(blocked), why("blocked"));

  const silent = new Browser();
  await assert.rejects(asking(silent, { patience: 30 }), why("late"));
  assert.equal(silent.listeners.size, 0);
});

test("a question that cannot be made ends the talk, and nothing was said", async () => {
  const browser = new Browser();
  const question = soon().then(() => Promise.reject(new Error("no terms")));
  const answer = askService(SERVICE, question, { opening: byWindow(browser), ...FAST });
  browser.say({ visavis: 1, told: "ready" });
  await assert.rejects(answer, /no terms/);
  assert.deepEqual(browser.heard, []);
});

/** Firefox: a tab, and the companion's inside. */
class Fox {
  told = [];
  messages = new Set();
  removed = new Set();
  id = "companion@test";
  runtime = { id: this.id, onMessage: { addListener: (one) => this.messages.add(one), removeListener: (one) => this.messages.delete(one) } };
  tabs = {
    onRemoved: { addListener: (one) => this.removed.add(one), removeListener: (one) => this.removed.delete(one) },
    create: async ({ url }) => ((this.url = url), { id: 7 }),
    sendMessage: async (tab, message, options) => void this.told.push([tab, message, options]),
  };

  async say(data, sender = {}) {
    const from = { id: this.id, tab: { id: 7 }, frameId: 0, url: `${SERVICE}/companion/window/`, ...sender };
    for (const listener of this.messages) listener(data, from);
    await soon(5);
  }
}

test("in Firefox the same is said through the relay, and only by its own tab, frame and origin", async () => {
  const fox = new Fox();
  const answer = askService(SERVICE, QUESTION, { opening: byRelay(fox), ...FAST });
  await soon(5);
  await fox.say({ visavis: 1, told: "ready" }, { tab: { id: 8 } });
  await fox.say({ visavis: 1, told: "ready" }, { frameId: 1 });
  await fox.say({ visavis: 1, told: "ready" }, { url: "http://evil.test/companion/window/" });
  await fox.say({ visavis: 1, told: "ready" }, { id: "another@test" });
  assert.deepEqual(fox.told, []);
  await fox.say({ visavis: 1, told: "ready" });
  assert.deepEqual(fox.told, [[7, { visavis: 1, ...QUESTION }, { frameId: 0 }]]);
  await fox.say(PERMIT);
  assert.deepEqual(await answer, PERMIT);
  assert.equal(fox.messages.size + fox.removed.size, 0);
});

test("in Firefox a closed tab is told", async () => {
  const fox = new Fox();
  const answer = askService(SERVICE, QUESTION, { opening: byRelay(fox), ...FAST });
  await soon(5);
  for (const gone of fox.removed) gone(8);
  await soon(15);
  for (const gone of fox.removed) gone(7);
  await assert.rejects(answer, why("closed"));
});

test("the relay carries what the page tells and what the companion asks, and nothing else", async () => {
  const sent = [];
  const posted = [];
  const listeners = [];
  const fromCompanion = [];
  const runtime = {
    id: "me",
    sendMessage: async (data) => void sent.push(data),
    onMessage: { addListener: (one) => fromCompanion.push(one) },
  };
  const location = { origin: SERVICE };
  const window = { addEventListener: (_, one) => listeners.push(one), postMessage: (...given) => posted.push(given) };
  const source = readFileSync(new URL("../src/relay.js", import.meta.url), "utf8");
  vm.runInNewContext(source, { browser: { runtime }, window, location });
  const say = (data, more = {}) => listeners[0]({ source: window, origin: SERVICE, data, ...more });
  say({ visavis: 1, told: "ready" });
  say({ visavis: 1, ask: "permit" });
  say({ visavis: 1, told: "ready" }, { source: {} });
  say({ visavis: 1, told: "ready" }, { origin: "http://evil.test" });
  say(null);
  assert.deepEqual(sent, [{ visavis: 1, told: "ready" }]);
  fromCompanion[0]({ visavis: 1, ask: "permit" }, { id: "me" });
  fromCompanion[0]({ visavis: 1, ask: "permit" }, { id: "another" });
  assert.deepEqual(posted, [[{ visavis: 1, ask: "permit" }, SERVICE]]);
});
