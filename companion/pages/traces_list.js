// @ts-check
/** My traces as a list: why each is there, and what she can do about it. */
import { make } from "./shell.js";
import { unsaved } from "./unsaved.js";

/** @typedef {import("../src/traces.js").Found} Found */
/**
 * @typedef {object} Acts what a row may ask for
 * @property {(code: string) => void} keep
 * @property {(code: string) => void} unsay
 * @property {(code: string) => void} remove
 * @property {(code: string) => void} never
 * @property {(code: string, other: string) => void} replace
 * @property {(code: string) => void} undo
 */
/** @typedef {{say: import("../src/words.js").Say, nameOf: (code: string) => string, acts: Acts}} Drawing */

/** @param {Found} found @param {import("../src/words.js").Say} say */
export function reasons({ sites, mail, said }, say) {
  const parts = [
    said && say("traces_why_said"),
    sites > 0 && say("traces_why_sites", { n: sites }),
    mail > 0 && say("traces_why_mail", { n: mail }),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** A choice among interests, by name, with nothing chosen beforehand.
 * @param {HTMLSelectElement} select @param {string[]} codes @param {Drawing} drawing
 */
export function offer(select, codes, { say, nameOf }) {
  const named = codes.map((code) => /** @type {const} */ ([nameOf(code), code]));
  named.sort(([a], [b]) => a.localeCompare(b, document.documentElement.lang));
  const options = named.map(([name, code]) => make("option", { value: code }, name));
  select.replaceChildren(make("option", { value: "" }, say("traces_add_choose")), ...options);
}

/** @param {string} code @param {Found} found @param {string[]} others @param {Drawing} drawing */
function corrections(code, found, others, drawing) {
  const { say, nameOf, acts } = drawing;
  const button = (/** @type {string} */ words, /** @type {(code: string) => void} */ act) =>
    make("button", { type: "button", class: "button quiet small", onclick: () => act(code) }, say(words));
  const select = make("select", { id: `rather-${code}` });
  const replace = () => (select.value ? acts.replace(code, select.value) : select.focus());
  const details = make(
    "details",
    {},
    make("summary", {}, make("span", {}, say("traces_correct"), make("span", { class: "visually-hidden" }, ` : ${nameOf(code)}`))),
    make(
      "div",
      { class: "stack tight" },
      make(
        "div",
        { class: "buttons full" },
        found.said ? button("traces_unsay", acts.unsay) : button("traces_mine", acts.keep),
        button("traces_delete", acts.remove),
        button("traces_never", acts.never),
      ),
      unsaved(make("label", { class: "name", for: select.id }, say("traces_rather")), select),
      make("div", { class: "buttons full" }, make("button", { type: "button", class: "button quiet small", onclick: replace }, say("traces_replace"))),
    ),
  );
  // A hundred names a row are drawn only where she looks.
  details.addEventListener("toggle", () => select.options.length || offer(select, others, drawing));
  return details;
}

/** @param {Element} list @param {Map<string, Found>} found @param {string[]} codes all interests @param {Drawing} drawing */
export function drawList(list, found, codes, drawing) {
  const rows = [...found].map(([code, one]) => {
    const others = codes.filter((other) => other !== code);
    return make(
      "li",
      {},
      make("span", { class: "row__name" }, drawing.nameOf(code)),
      make("span", { class: "muted" }, reasons(one, drawing.say)),
      corrections(code, one, others, drawing),
    );
  });
  list.replaceChildren(...rows);
}

/** @param {HTMLElement} section @param {string[]} codes @param {Drawing} drawing */
export function drawNevers(section, codes, { say, nameOf, acts }) {
  section.hidden = codes.length === 0;
  const rows = codes.map((code) => {
    const hidden = make("span", { class: "visually-hidden" }, ` : ${nameOf(code)}`);
    const undo = make("button", { type: "button", class: "button plain small", onclick: () => acts.undo(code) }, say("traces_undo"), hidden);
    return make("li", {}, make("span", { class: "row__name" }, nameOf(code)), undo);
  });
  section.querySelector("ul")?.replaceChildren(...rows);
}
