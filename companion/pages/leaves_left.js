// @ts-check
/** What reports have cost, and what has left, byte for byte. */
import { spent } from "../src/privacy/ledger.js";
import { at } from "./own.js";
import { make } from "./shell.js";

const HEIGHT = 20;

/** @typedef {Awaited<ReturnType<typeof import("./own.js").openOwn>>} Own */

/** @param {Own} own @param {string} quarter */
export function quarterName({ say }, quarter) {
  const [year, number] = quarter.split("-q");
  return say("leaves_quarter", { number, year });
}

/** @param {Own} own @param {import("../src/privacy/ledger.js").Ledger} books */
export function drawSpent(own, books) {
  const { say, language } = own;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  const words = (/** @type {number} */ thousandths) => number.format(thousandths / 1000);
  at("spent-value").textContent = say("leaves_spent_value", { spent: words(spent(books)), cap: words(books.cap) });
  const bar = make("svg:svg", { viewBox: `0 0 100 ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  bar.append(make("svg:rect", { class: "room", x: 0, y: 0, width: 100, height: HEIGHT }));
  let x = 0;
  for (const one of books.entries) {
    const width = (100 * one.epsilon) / books.cap;
    bar.append(make("svg:rect", { class: one.isReceived ? "part" : "part not", x, y: 0, width, height: HEIGHT }));
    x += width;
    bar.append(make("svg:line", { class: "cut", x1: x, x2: x, y1: 0, y2: HEIGHT }));
  }
  at("spent").replaceChildren(bar);
  const rows = books.entries.map((one) => {
    const state = make("span", { class: one.isReceived ? "tag good" : "tag" }, say(`leaves_entry_${one.isReceived ? "arrived" : "not"}`));
    return make("li", {}, make("span", { class: "row__name" }, quarterName(own, one.quarter)), make("span", { class: "n" }, `ε ${words(one.epsilon)}`), state);
  });
  const none = make("li", {}, make("span", {}, say("leaves_spent_none")));
  at("spent-list").replaceChildren(...(rows.length ? rows : [none]));
}

/** @param {Own} own @param {import("../src/left.js").Left[]} left */
export function drawLeft({ say, language }, left) {
  const instants = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "medium" });
  const rows = left.toReversed().map(({ what, to, bytes, times }) =>
    make(
      "li",
      {},
      make("h3", {}, say(`leaves_what_${what}`)),
      make("p", { class: "hint" }, ...times.map((time) => make("time", { datetime: time }, instants.format(new Date(time)))).flatMap((one, place) => (place ? [" · ", one] : [one])), ` – ${say("leaves_left_to", { address: to })}`),
      make("pre", { class: "bytes", tabindex: 0 }, bytes),
    ),
  );
  at("left").replaceChildren(...rows);
  at("left-none").hidden = rows.length > 0;
  at("delete").hidden = rows.length === 0;
}
