// @ts-check
/** My traces as bars: each as long as its strength today, cut by where it comes from. The list below says the same in words. */
import { make } from "./shell.js";

const PARTS = /** @type {const} */ (["sites", "mail", "said"]);
const MOST_BARS = 12;
const HEIGHT = 12;

/** @param {string} part @param {number} x @param {number} width in hundredths */
const bar = (part, x, width) => make("svg:rect", { class: `bar ${part}`, x, width, y: 2, height: HEIGHT - 4 });

/** @param {...Element} inside */
const drawing = (...inside) =>
  make("svg:svg", { viewBox: `0 0 100 ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" }, ...inside);

/**
 * @param {HTMLElement} figure
 * @param {Map<string, import("../src/traces.js").Found>} found
 * @param {(code: string) => string} nameOf
 * @param {{say: import("../src/words.js").Say, language: string}} words
 */
export function drawPlot(figure, found, nameOf, { say, language }) {
  const [keys, rows] = figure.querySelectorAll("ul");
  const shown = [...found].slice(0, MOST_BARS);
  figure.hidden = shown.length === 0;
  const longest = Math.max(1, ...shown.map(([, { strength }]) => strength));
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const used = PARTS.filter((part) => shown.some(([, { parts }]) => parts[part] > 0));
  keys.replaceChildren(...used.map((part) => make("li", {}, drawing(bar(part, 0, 100)), say(`traces_key_${part}`))));
  rows.replaceChildren(
    ...shown.map(([code, { strength, parts }]) => {
      let x = 0;
      const bars = PARTS.filter((part) => parts[part] > 0).map((part) => {
        const width = (100 * parts[part]) / longest;
        x += width;
        return bar(part, x - width, width);
      });
      const value = make("span", { class: "plot__value n" }, number.format(strength));
      return make("li", {}, make("span", {}, nameOf(code)), drawing(...bars), value);
    }),
  );
}
