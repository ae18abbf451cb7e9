import assert from "node:assert/strict";
import { test } from "node:test";
import { bestLanguage, speaker } from "../src/words.js";

const messages = Object.fromEntries(
  Object.entries({ days_one: "{n} jour", days_other: "{n} jours", hello: "Bonjour {name}" }).map(([key, message]) => [key, { message }]),
);

test("one and several are told apart as the language does", () => {
  const [fr, en] = ["fr", "en"].map((language) => speaker(messages, language));
  assert.deepEqual([fr("days", { n: 0 }), fr("days", { n: 2 })], ["0 jour", "2 jours"]);
  assert.equal(en("days", { n: 0 }), "0 jours");
});

test("values are put in as they are, and missing words are an error", () => {
  const say = speaker(messages, "fr");
  assert.equal(say("hello", { name: "<b>{n}</b>" }), "Bonjour <b>{n}</b>");
  assert.throws(() => say("absent"), RangeError);
});

test("her language is taken if it is spoken, French otherwise", () => {
  assert.equal(bestLanguage(["de-DE", "en-GB", "fr"]), "en");
  assert.equal(bestLanguage(["ar"]), "fr");
});
