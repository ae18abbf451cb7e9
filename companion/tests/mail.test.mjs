/** Mail as Thunderbird gives it, and how new messages are counted. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { everything, isRead, numbersOf, textOfMessage } from "../src/mail/inbox.js";
import { readPast } from "../src/mail/past.js";
import { merge, nothing } from "../src/mail/read.js";
import { prepared } from "../src/mail/words.js";
import { mailed, strengths, withMail } from "../src/traces.js";

const LEXICON = prepared({ fr: { perceuse: [0], film: [1] }, en: {} });
const part = (contentType, content) => ({ contentType, content });

/** A Thunderbird of two folders; whatever says who wrote to whom must not be asked for. */
function double(messages) {
  const secret = () => assert.fail("this was not to be looked at");
  const shown = (id) =>
    Object.defineProperties({ id }, { subject: { get: secret }, author: { get: secret }, recipients: { get: secret } });
  const numbers = Object.keys(messages).map(Number);
  const folders = {
    async query() {
      const junk = { id: "junk", specialUse: ["junk"] };
      return [{ id: "root", isRoot: true }, { id: "inbox", specialUse: ["inbox"] }, junk, { id: "all", isUnified: true }];
    },
    async getFolderInfo(id) {
      assert.equal(id, "inbox");
      return { totalMessageCount: numbers.length };
    },
  };
  const page = (from) => ({
    id: from + 2 < numbers.length ? String(from + 2) : null,
    messages: numbers.slice(from, from + 2).map(shown),
  });
  return {
    folders,
    messages: {
      list: async () => page(0),
      continueList: async (id) => page(Number(id)),
      listInlineTextParts: async (id) => messages[id] ?? assert.fail(),
    },
  };
}

test("a new message counts once for each interest, and no more than twelve weigh", () => {
  let state;
  for (let message = 0; message < 20; message += 1) state = mailed(state, ["interest:diy"], 100);
  assert.deepEqual(state["interest:diy"].mail, { n: 20, last: 100, weight: 12 });
});

test("what she never wants again is not counted", () => {
  assert.deepEqual(mailed({}, ["interest:diy"], 1, { "interest:diy": "never" }), {});
});

test("new messages add to what an export said, and leave sites alone", () => {
  const sites = { "interest:diy": { sites: { n: 1, last: 9, weight: 1 } } };
  const state = mailed(withMail(sites, new Map([["interest:diy", 3]]), 10), ["interest:diy"], 10);
  assert.equal(state["interest:diy"].mail.n, 4);
  assert.equal(strengths(state, {}, 10).get("interest:diy").strength, 5);
});

test("junk, trash and gathered folders are not read", () => {
  for (const use of ["junk", "trash", "drafts", "templates", "outbox"]) assert.ok(!isRead({ specialUse: [use] }));
  for (const kind of ["isRoot", "isVirtual", "isUnified", "isTag"]) assert.ok(!isRead({ [kind]: true, specialUse: [] }));
  for (const use of ["inbox", "sent", "archives"]) assert.ok(isRead({ specialUse: [use] }));
});

test("every page of a list is turned", async () => {
  const api = double({ 1: [], 2: [], 3: [], 4: [], 5: [] });
  const found = [];
  for await (const id of numbersOf(api, await api.messages.list())) found.push(id);
  assert.deepEqual(found, [1, 2, 3, 4, 5]);
  assert.equal((await everything(api)).count, 5);
});

test("the text is taken before the page, and what is quoted is left out", async () => {
  const api = double({
    1: [part("text/plain", "La perceuse.\n> Le film."), part("text/html", "<p>film</p>")],
    2: [part("text/html", "<p>La perceuse</p><blockquote>film</blockquote>")],
    3: [],
  });
  assert.equal((await textOfMessage(api, 1)).trim(), "La perceuse.");
  assert.equal((await textOfMessage(api, 2)).trim(), "La perceuse");
  assert.equal((await textOfMessage(api, 3)).trim(), "");
});

test("past messages are counted; one that cannot be read does not stop the others", async () => {
  const api = double({ 1: [part("text/plain", "la perceuse")], 2: null, 3: [part("text/plain", "la perceuse et le film")] });
  const reading = await readPast(api, LEXICON, {});
  assert.deepEqual([...reading.items], [[0, 2], [1, 1]]);
  assert.deepEqual([reading.messages, reading.broken], [2, 1]);
});

test("reading past messages can be stopped", async () => {
  const api = double({ 1: [part("text/plain", "x")], 2: [part("text/plain", "x")] });
  await assert.rejects(readPast(api, LEXICON, { signal: AbortSignal.abort() }), { name: "AbortError" });
});

test("what two files said is added up", () => {
  const all = nothing();
  merge(all, { ...nothing(), items: new Map([[0, 2]]), messages: 5, troubles: new Set(["truncated"]) });
  merge(all, { ...nothing(), items: new Map([[0, 1], [1, 1]]), messages: 3, locked: 1 });
  assert.deepEqual([...all.items], [[0, 3], [1, 1]]);
  assert.deepEqual([all.messages, all.locked, [...all.troubles]], [8, 1, ["truncated"]]);
});
