// @ts-check
/** My choices: each purpose in its own words, with one button to agree and one, as near, to withdraw. */
import { BUILD } from "../src/config.js";
import { granted, isOver, living, proofOf, PURPOSES, sentencesOf, withdrawn } from "../src/consent.js";
import { api } from "../src/store.js";
import { without } from "../src/traces.js";
import { drawn, make, openShell, tell } from "./shell.js";

/** @typedef {import("../src/consent.js").Purpose} Purpose */

const { say, language, locale, store } = await openShell("consent");
const place = /** @type {HTMLElement} */ (document.getElementById("purposes"));
const days = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
const instants = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "medium" });
const PROOF = /** @type {const} */ (["text", "text_sha256", "build_sha256", "locale", "at", "until", "withdrawn"]);

/** Sites cannot be seen from Thunderbird. */
const purposes = PURPOSES.filter((purpose) => purpose !== "sites" || api.webNavigation);

/** Firefox wants to ask too before anything may leave; other browsers have no such question.
 * @param {Purpose} purpose
 */
async function browserAgrees(purpose) {
  const gecko = api.runtime.getManifest().browser_specific_settings?.gecko;
  const optional = gecko?.data_collection_permissions?.optional;
  if (purpose !== "reports" || !optional || !api.runtime.getBrowserInfo) return true;
  return api.permissions.request({ data_collection: optional });
}

/** @param {Purpose} purpose */
async function agree(purpose) {
  if (!(await browserAgrees(purpose))) return tell(say("consent_told_refused"), "wait");
  const sentences = sentencesOf(say, purpose);
  const proof = await proofOf({ purpose, sentences, locale: language, build: BUILD, now: Date.now() });
  await store.alone(async ({ read, write }) => write("consent", granted(await read("consent"), proof)));
  await draw(purpose);
  tell(say("consent_told_agreed", { title: sentences[0], date: days.format(new Date(proof.until)) }));
}

/** @param {Purpose} purpose */
async function withdraw(purpose) {
  await store.alone(async ({ read, write }) => write("consent", withdrawn(await read("consent"), purpose, Date.now())));
  await draw(purpose);
  if (purpose === "reports") return tell(say("consent_withdrawn_reports"));
  const erase = make("button", { type: "button", class: "button danger small" }, say("consent_erase"));
  const keep = make("button", { type: "button", class: "button quiet small" }, say("consent_keep"));
  const question = make("p", {}, say(`consent_withdrawn_${purpose}`));
  const answer = make("div", { class: "notice wait", role: "group", tabindex: "-1" }, question, make("div", { class: "buttons" }, erase, keep));
  erase.addEventListener("click", async () => {
    await store.alone(async ({ read, write }) => write("traces", without(await read("traces"), purpose)));
    settle(purpose, "consent_told_erased");
  });
  keep.addEventListener("click", () => settle(purpose, "consent_told_kept"));
  document.getElementById("told")?.replaceChildren(answer);
  // On the question, not on an answer: a key pressed twice must not erase.
  answer.focus();
}

/** @param {Purpose} purpose @param {string} words */
function settle(purpose, words) {
  tell(say(words));
  document.getElementById(`act-${purpose}`)?.focus();
}

/** @param {import("../src/consent.js").Agreement} agreement */
function proof(agreement) {
  const rows = PROOF.filter((name) => agreement[name]).map((name) => {
    const isInstant = ["at", "until", "withdrawn"].includes(name);
    const value = isInstant ? instants.format(new Date(String(agreement[name]))) : String(agreement[name]);
    return make("div", {}, make("dt", {}, say(`consent_proof_${name}`)), make("dd", {}, value));
  });
  const lead = make("p", { class: "small" }, say("consent_proof_lead"));
  return make("details", {}, make("summary", {}, say("consent_proof")), lead, make("dl", { class: "facts small" }, ...rows));
}

/** @param {Purpose} purpose @param {import("../src/consent.js").Agreement[] | undefined} agreements */
function card(purpose, agreements) {
  const now = Date.now();
  const agreement = living(agreements, purpose, now);
  const last = agreements?.findLast((one) => one.purpose === purpose);
  const [title, what, ...others] = sentencesOf(say, purpose);
  const over = isOver(agreements, purpose, now) ? "consent_state_over" : "consent_state_no";
  const state = agreement
    ? make("span", { class: "tag good" }, say("consent_state_yes", { date: days.format(new Date(agreement.until)) }))
    : make("span", { class: "tag" }, say(over));
  const button = make(
    "button",
    {
      type: "button",
      id: `act-${purpose}`,
      class: "button quiet",
      "aria-describedby": `title-${purpose}`,
      onclick: () => (agreement ? withdraw(purpose) : agree(purpose)),
    },
    say(agreement ? "consent_withdraw" : "consent_agree"),
  );
  return make(
    "section",
    { class: "card", "aria-labelledby": `title-${purpose}` },
    make("h2", { id: `title-${purpose}` }, title),
    make("p", {}, state),
    make("p", {}, what),
    make("ul", {}, ...others.map((sentence) => make("li", {}, sentence))),
    make("div", { class: "buttons" }, button),
    ...(last ? [proof(last)] : []),
  );
}

/** @param {Purpose} [focused] whose button takes the focus again */
async function draw(focused) {
  const agreements = await store.read("consent");
  place.replaceChildren(...purposes.map((purpose) => card(purpose, agreements)));
  if (focused) document.getElementById(`act-${focused}`)?.focus();
}

await draw();
drawn();
