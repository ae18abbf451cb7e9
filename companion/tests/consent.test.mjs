import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { nextChange } from "../src/action.js";
import { granted, isGranted, isOver, living, proofOf, PURPOSES, sentencesOf, TEXTS, withdrawn } from "../src/consent.js";
import { isPaused, PAUSE_FOR_GOOD, pauseOfAnHour, stateOf } from "../src/state.js";
import { speaker } from "../src/words.js";

const DAY = 86_400_000;
const NOW = Date.parse("2026-11-25T09:00:00Z");
const say = speaker(JSON.parse(readFileSync(new URL("../_locales/fr/messages.json", import.meta.url), "utf8")), "fr");
const proof = (purpose = "sites", now = NOW) =>
  proofOf({ purpose, sentences: sentencesOf(say, purpose), locale: "fr", build: "b".repeat(64), now });

test("nothing is granted to begin with", () => {
  for (const kept of [undefined, []]) {
    assert.ok(PURPOSES.every((purpose) => !isGranted(kept, purpose, NOW)));
    assert.equal(stateOf({ consent: kept }, NOW), "off");
  }
});

test("one purpose grants no other", async () => {
  const kept = granted(undefined, await proof("mail"));
  assert.deepEqual(PURPOSES.filter((purpose) => isGranted(kept, purpose, NOW)), ["mail"]);
  assert.equal(stateOf({ consent: kept }, NOW), "off");
  assert.equal(stateOf({ consent: kept }, NOW, ["mail"]), "on");
});

test("the proof says which text, which companion, which language and until when", async () => {
  const one = await proof("sites");
  const text = sentencesOf(say, "sites").join("\n");
  assert.equal(one.text_sha256, createHash("sha256").update(text).digest("hex"));
  assert.deepEqual(
    [one.text, one.build_sha256, one.locale, one.at, one.until, one.withdrawn],
    ["sites-1", "b".repeat(64), "fr", "2026-11-25T09:00:00.000Z", "2027-11-25T09:00:00.000Z", null],
  );
});

test("it ends after twelve months to the instant, and is asked anew", async () => {
  const kept = granted([], await proof());
  assert.ok(isGranted(kept, "sites", NOW + 365 * DAY - 1));
  assert.ok(!isGranted(kept, "sites", NOW + 365 * DAY));
  assert.ok(!isOver(kept, "sites", NOW) && isOver(kept, "sites", NOW + 365 * DAY));
});

test("a clock set back makes no consent longer", async () => {
  assert.ok(!isGranted(granted([], await proof()), "sites", NOW - 2 * DAY));
});

test("withdrawn it ends at once, and the proof of both stays", async () => {
  const kept = withdrawn(granted([], await proof()), "sites", NOW + DAY);
  assert.ok(!isGranted(kept, "sites", NOW + DAY) && !isOver(kept, "sites", NOW + DAY));
  assert.equal(kept[0].withdrawn, "2026-11-26T09:00:00.000Z");
  const again = granted(kept, await proof("sites", NOW + 2 * DAY));
  assert.ok(isGranted(again, "sites", NOW + 2 * DAY));
  assert.equal(again.length, 2);
});

test("withdrawing one purpose leaves the others", async () => {
  const kept = granted(granted([], await proof("sites")), await proof("reports"));
  assert.ok(isGranted(withdrawn(kept, "sites", NOW), "reports", NOW));
});

test("consent to a text that was changed since does not hold", async () => {
  const old = { ...(await proof()), text: "sites-0" };
  assert.equal(living([old], "sites", NOW), undefined);
  assert.ok(isOver([old], "sites", NOW));
});

test("every purpose has a text with a name and all its sentences", () => {
  for (const purpose of PURPOSES) {
    assert.ok(TEXTS[purpose].startsWith(purpose));
    assert.equal(sentencesOf(say, purpose).length, 6);
  }
});

test("a pause of an hour ends by itself, one for good does not", () => {
  assert.ok(isPaused(pauseOfAnHour(NOW), NOW + 3_599_999));
  assert.ok(!isPaused(pauseOfAnHour(NOW), NOW + 3_600_000));
  assert.ok(isPaused(PAUSE_FOR_GOOD, NOW + 9_999 * DAY));
  assert.ok(!isPaused(null, NOW) && !isPaused(undefined, NOW));
});

test("the button of the bar knows when its state will change", async () => {
  const consent = granted([], await proof());
  assert.equal(nextChange({ consent, pause: null }, NOW), NOW + 365 * DAY);
  assert.equal(nextChange({ consent, pause: pauseOfAnHour(NOW) }, NOW), NOW + 3_600_000);
  assert.equal(nextChange({ consent, pause: PAUSE_FOR_GOOD }, NOW), NOW + 365 * DAY);
  assert.equal(nextChange({}, NOW), null);
  assert.equal(stateOf({ consent, pause: PAUSE_FOR_GOOD }, NOW), "paused");
});
