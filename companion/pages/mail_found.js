// @ts-check
/** What was found in her mail, before it is kept: a tick for each interest, most messages first. */
import { make } from "./shell.js";

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);

/** @param {Map<any, number>} counts */
const mostFirst = (counts) => [...counts].toSorted((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));

/**
 * @param {{
 *   all: import("../src/mail/read.js").Reading, say: import("../src/words.js").Say, language: string,
 *   interests: import("../src/mail/tables.js").Interest[], skillNames: Record<string, {fr: string, en: string}>,
 *   corrections: import("../src/traces.js").Corrections, earlier: boolean,
 * }} shown
 * @returns {boolean} was anything found?
 */
export function drawFound({ all, say, language, interests, skillNames, corrections, earlier }) {
  const name = (/** @type {{fr: string, en: string}} */ one) => (language === "fr" ? one.fr : one.en);
  const items = mostFirst(all.items).filter(([item]) => corrections[interests[item].code] !== "never");
  const choices = items.map(([item, n]) =>
    make(
      "label",
      { class: "choice" },
      make("input", { type: "checkbox", name: "item", value: item, checked: true }),
      make("span", {}, name(interests[item]), " ", make("small", { class: "muted" }, say("mail_in_messages", { n }))),
    ),
  );
  at("found-list").replaceChildren(...choices);
  const skills = mostFirst(all.skills).filter(([code]) => skillNames[code]);
  at("found-skill-list").replaceChildren(
    ...skills.map(([code]) => make("li", { class: "chip gap" }, make("span", {}, name(skillNames[code])))),
  );
  at("found-skills").hidden = !skills.length;
  at("found-replaces").hidden = !earlier;
  at("found-count").textContent = say("mail_found_count", { n: all.messages });
  at("found").hidden = !items.length && !skills.length;
  at("found-interests").hidden = !items.length;
  return !at("found").hidden;
}

/** The interests she left ticked, by number. @returns {number[]} */
export const ticked = () =>
  [...document.querySelectorAll('#found-list input:checked')].map((one) => Number(/** @type {HTMLInputElement} */ (one).value));
