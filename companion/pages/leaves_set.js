// @ts-check
/** What chance does: her set beside a report that could leave, and how likely each is. Nothing drawn here is kept or sent. */
import { chanceOfOwn, chancesOf, oddsOf, usualDesign } from "../src/chances.js";
import { privSet } from "../src/privacy/privset.js";
import { at, chips } from "./own.js";
import { make } from "./shell.js";

const MOST_SHOWN = 8;
const HEIGHT = 12;

/** @typedef {Awaited<ReturnType<typeof import("./own.js").openOwn>>} Own */

/** @param {Own} own @param {number[]} places her interests @param {{k: number, m: number, s: number, epsilon: number}} [terms] */
export function drawSet(own, places, terms) {
  const { say, nameAt, list } = own;
  const design = terms?.k === list.interests.length ? terms : usualDesign(list.interests.length);
  const isMany = places.length > design.m;
  at("set-first").textContent = say("leaves_set_first", { s: design.s });

  const shown = places.slice(0, MOST_SHOWN).map((place) => ({ name: nameAt(place), isOwn: true }));
  at("true").replaceChildren(...chips(shown));
  const more = places.length - shown.length;
  const notes = [
    places.length === 0 && say("leaves_true_none"),
    more > 0 && `${say("leaves_true_more", { n: more })}.`,
    isMany && say("leaves_true_many", { m: design.m }),
  ];
  at("true-note").textContent = notes.filter(Boolean).join(" ");

  const mechanism = privSet(design);
  const another = () => {
    const items = mechanism.draw(places).map((place) => {
      const isOwn = places.includes(place);
      const mark = say(isOwn ? "leaves_mark_yours" : "leaves_mark_chance");
      return { name: place < design.k ? nameAt(place) : say("leaves_filler"), mark, isOwn };
    });
    at("example").replaceChildren(...chips(items));
  };
  at("again").onclick = another;
  another();
  drawChances(own, design, places.length);
}

/** @param {Own} own @param {{k: number, m: number, s: number, epsilon: number}} design @param {number} howMany */
function drawChances({ say, language }, design, howMany) {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const rows = [
    { part: "own", chance: chanceOfOwn(design, howMany) },
    { part: "other", chance: chancesOf(design).other },
  ];
  const longest = Math.max(...rows.map(({ chance }) => chance));
  at("chance").replaceChildren(
    ...rows.map(({ part, chance }) => {
      const bar = make("svg:rect", { class: `bar ${part}`, x: 0, y: 2, width: (100 * chance) / longest, height: HEIGHT - 4 });
      const drawing = { viewBox: `0 0 100 ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" };
      const value = make("span", { class: "plot__value n nowrap" }, say("leaves_chance_value", { share: number.format(100 * chance) }));
      return make("li", {}, make("span", {}, say(`leaves_chance_${part}`)), make("svg:svg", drawing, bar), value);
    }),
  );
  at("odds").textContent = say("leaves_odds", { odds: number.format(oddsOf(design.epsilon)) });
}
