// @ts-check
/** This quarter's report: where it stands, and what she can do about it. */
import { SERVICE } from "../src/config.js";
import { isGranted } from "../src/consent.js";
import { ownSender, setAlarm } from "../src/leaving.js";
import { reportOf, quarterOf } from "../src/privacy/ledger.js";
import { booksOf } from "../src/sending.js";
import { doors, NotSent, quarterOfPeriod, readTerms } from "../src/terms.js";
import { fromText } from "../src/tokens.js";
import { quarterName } from "./leaves_left.js";
import { at, once } from "./own.js";
import { make, tell } from "./shell.js";
import { unsaved } from "./unsaved.js";

/** @typedef {Awaited<ReturnType<typeof import("./own.js").openOwn>>} Own */
/** @typedef {{kept: import("../src/sending.js").Kept | undefined, places: number[], redraw: () => Promise<void>}} Now */

/** The terms that were read on this page; they are read again before anything is asked.
 * @type {import("../src/terms.js").Terms | null}
 */
let terms = null;

/** @param {Own} own @param {Now} now */
export async function drawReport(own, now) {
  const { say, store } = own;
  const place = at("state");
  const sending = now.kept?.sending ?? null;
  const isOfToday = [-1, 0, 1].some((day) => quarterOf(new Date(Date.now() + day * 86_400_000).toISOString()) === sending?.quarter);
  if (sending && isOfToday && sending.stage !== "asked") return place.replaceChildren(...standing(own, now, sending));
  if (!isGranted(await store.read("consent"), "reports", Date.now())) {
    const link = make("a", { class: "button", href: "consent.html" }, say("leaves_choices"));
    return place.replaceChildren(make("p", {}, say("leaves_no_consent")), make("div", { class: "buttons full" }, link));
  }
  if (!own.isBrowser) return place.replaceChildren();
  const asked = sending && isOfToday ? [make("div", { class: "notice wait" }, make("p", {}, say("leaves_state_asked")))] : [];
  place.replaceChildren(...asked, ...(terms ? await offer(own, now, terms) : before(own, now)));
}

/** Nothing is asked of the service before she clicks. @param {Own} own @param {Now} now */
function before(own, now) {
  const { say, list } = own;
  const read = async () => {
    try {
      terms = readTerms(await doors(SERVICE).terms(), list, Date.now());
      await now.redraw();
      at("report-title").focus();
    } catch (problem) {
      own.complain(problem);
    }
  };
  const button = make("button", { type: "button", id: "read-terms", class: "button" }, say("leaves_fetch"));
  button.addEventListener("click", () => once(button, read));
  return [make("p", {}, say("leaves_fetch_help")), make("div", { class: "buttons full" }, button)];
}

/** @param {Own} own @param {Now} now @param {import("../src/terms.js").Terms} agreed */
async function offer(own, now, agreed) {
  const { say, language } = own;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  const facts = [
    [say("leaves_terms_quarter"), quarterName(own, quarterOfPeriod(agreed.period))],
    [say("leaves_terms_epsilon"), `ε ${number.format(agreed.epsilon / 1000)}`],
    [say("leaves_terms_cap"), `ε ${number.format(agreed.cap / 1000)}`],
    [say("leaves_terms_shape"), say("leaves_terms_shape_value", { s: agreed.s, d: agreed.k + agreed.m })],
  ];
  const rows = facts.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value)));
  const options = agreed.groups.map((one) => make("option", { value: one.code }, language === "fr" ? one.fr : one.en));
  const select = make("select", { id: "group", "aria-describedby": "group-hint" }, make("option", { value: "" }, say("leaves_group_none")), ...options);
  const field = unsaved(
    make("label", { class: "name", for: "group" }, say("leaves_group")),
    make("p", { class: "hint", id: "group-hint" }, say("leaves_group_hint")),
    select,
  );
  const button = make("button", { type: "button", id: "send", class: "button" }, say("leaves_send"));
  button.addEventListener("click", () => once(button, () => send(own, now, select.value)));
  return [
    make("dl", { class: "facts" }, ...rows),
    ...(options.length ? [field] : []),
    make("p", {}, say("leaves_send_help")),
    make("div", { class: "buttons full" }, button),
    await check(own, agreed),
  ];
}

/** @param {Own} own @param {Now} now @param {string} group */
async function send(own, now, group) {
  const work = ownSender(own.store);
  const ready = work.prepare();
  // The window opens in the click itself; what it is asked is ready a moment later.
  const question = ready.then(({ stage, blinded, terms: { period } }) =>
    stage === "asked" ? { ask: "permit", blinded, period } : Promise.reject(new NotSent("already")),
  );
  tell(own.say("leaves_busy"), "info");
  try {
    const told = await own.ask(question);
    if (told.told === "permit") {
      await setAlarm(await work.permitted(told.signature, now.places, group));
      tell(own.say("leaves_told_waiting"));
    } else if (["already", "cap", "stopped"].includes(told.why)) {
      await work.refused(told.why);
      tell(own.say(`leaves_ended_${told.why}`), "wait");
    } else {
      tell(own.say(told.why === "period" ? "leaves_not_period" : "leaves_not_person"), "wait");
    }
    if (told.why === "period") terms = null;
  } catch (problem) {
    own.complain(problem);
  }
  await now.redraw();
  at("report-title").focus();
}

/** @param {Own} own @param {Now} now @param {import("../src/sending.js").Sending} sending */
function standing(own, now, sending) {
  const { say, language } = own;
  const instants = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
  const isEnded = sending.stage === "ended";
  const words = isEnded
    ? `${say(`leaves_ended_${sending.why}`, { words: sending.words })} ${say("leaves_ended")}`
    : say(`leaves_state_${sending.stage}`, { date: instants.format(new Date(sending.sendAfter)) });
  const act = { waiting: "leaves_hold", sent: "leaves_take_back" }[/** @type {string} */ (sending.stage)];
  const button = act && make("button", { type: "button", id: "take-back", class: "button quiet" }, say(act));
  button?.addEventListener("click", () => once(button, () => takeBack(own, now, sending.stage)));
  const report = reportOf(booksOf(now.kept), sending.quarter)?.report;
  const bytes = report ? [make("h3", {}, say("leaves_bytes")), make("pre", { class: "bytes", tabindex: 0 }, report)] : [];
  return [
    make("div", { class: `notice ${isEnded ? "wait" : "good"}` }, make("p", {}, words)),
    ...bytes,
    ...(button ? [make("div", { class: "buttons full" }, button)] : []),
  ];
}

/** @param {Own} own @param {Now} now @param {string} stage */
async function takeBack(own, now, stage) {
  try {
    await setAlarm(await ownSender(own.store).takeBack());
    tell(own.say(stage === "waiting" ? "leaves_told_held" : "leaves_told_back"));
  } catch (problem) {
    own.complain(problem);
  }
  await now.redraw();
  at("report-title").focus();
}

/** The key's fingerprint, to compare with the one on the site: one key for everybody, or permits could be told apart.
 * @param {Own} own @param {import("../src/terms.js").Terms} agreed
 */
async function check({ say }, { key }) {
  const digest = await crypto.subtle.digest("SHA-256", fromText(key.n));
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const print = hex.slice(0, 32).match(/.{4}/g)?.join(" ") ?? "";
  return make(
    "details",
    {},
    make("summary", {}, say("leaves_check")),
    make("p", {}, say("leaves_check_key")),
    make("p", {}, make("code", { id: "fingerprint" }, print)),
    make("p", { class: "hint" }, say("leaves_check_help")),
  );
}
