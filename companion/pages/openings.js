// @ts-check
/**
 * My openings in my own order. The list lives in this page's memory only: it is neither kept nor sent, and gone when the
 * page is closed.
 */
import { SERVICE } from "../src/config.js";
import { readShortlist, reordered } from "../src/reorder.js";
import { at, chips, once, openOwn } from "./own.js";
import { drawn, make, tell } from "./shell.js";

const ROW = 40;
const WIDTH = 120;

const own = await openOwn("openings");
const { say, language, store, nameOf } = own;
const points = new Intl.NumberFormat(language, { maximumFractionDigits: 2, signDisplay: "always" });
const rank = new Intl.NumberFormat(language);

/** @typedef {import("../src/reorder.js").Placed} Placed */

/** @param {Placed} placed */
function why({ before, after, extra, because }) {
  const move = after < before ? "up" : after > before ? "down" : "stays";
  const key = move === "up" || extra === 0 ? move : `${move}_gain`;
  const names = because.map(nameOf).join(", ");
  return say(`openings_${key}`, { before: rank.format(before), after: rank.format(after), points: points.format(extra), names });
}

/** Lines from the place on the site to the place here. @param {Placed[]} placed */
function slope(placed) {
  const height = ROW * placed.length;
  const y = (/** @type {number} */ place) => ROW * (place - 0.5);
  const drawing = make("svg:svg", { viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height });
  for (const { before, after, extra } of placed) {
    drawing.append(make("svg:line", { class: extra > 0 ? "line gained" : "line", x1: 30, x2: 90, y1: y(before), y2: y(after) }));
    drawing.append(make("svg:text", { x: 24, y: y(before), "text-anchor": "end" }, rank.format(before)));
    drawing.append(make("svg:text", { x: 96, y: y(after), "text-anchor": "start" }, rank.format(after)));
  }
  return [drawing, make("ol", { class: "titles" }, ...placed.map(({ opening }) => make("li", {}, opening.title)))];
}

/** @param {Placed} placed */
function card(placed) {
  const { title, employer, place, address } = placed.opening;
  const link = make("a", { href: new URL(address, SERVICE).href, target: "_blank", rel: "noopener noreferrer" }, title);
  return make(
    "li",
    { class: "card row top-aligned" },
    make("span", { class: "place n" }, rank.format(placed.after)),
    make(
      "div",
      { class: "grow stack tight" },
      make("h3", {}, link),
      make("p", {}, [employer, place].filter(Boolean).join(" · ")),
      make("p", { class: "hint" }, why(placed)),
    ),
  );
}

async function fetchAndReorder() {
  try {
    const told = await own.ask({ ask: "shortlist" });
    if (told.told !== "shortlist") return tell(say("openings_told_not"), "info");
    const hers = new Set((await own.found()).keys());
    const file = Object.entries((await store.read("file")) ?? {});
    const inFile = new Set(file.filter(([, state]) => state === "saved").map(([code]) => code));
    const placed = reordered(readShortlist(told, SERVICE), hers, inFile);
    at("found").hidden = placed.length === 0;
    at("slope").replaceChildren(...slope(placed));
    at("list").replaceChildren(...placed.map(card));
    if (placed.length === 0) return tell(say("openings_none"), "info");
    tell(say("openings_told", { n: placed.filter(({ before, after }) => before !== after).length }));
    at("list-title").focus();
  } catch (problem) {
    own.complain(problem);
  }
}

at("ask").hidden = !own.isBrowser;
at("fetch").addEventListener("click", () => once(at("fetch"), fetchAndReorder));
const mine = [...(await own.found()).keys()].map((code) => ({ name: nameOf(code), isOwn: true }));
at("mine").replaceChildren(...chips(mine));
at("mine-none").hidden = mine.length > 0;
drawn();
