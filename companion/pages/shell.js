// @ts-check
/**
 * What all pages share: the head with its links, the language, the words, and `make` to draw.
 *
 *   const { say, language, locale, store } = await openShell("mail");
 *
 * A page is static HTML whose elements have `data-say="mail_lead"`; its title is `mail_title`.
 */
import { api, ownStore } from "../src/store.js";
import { bestLanguage, localeOf, wordsIn } from "../src/words.js";

const PAGES = ["traces", "mail", "file", "openings", "leaves", "consent"];
const SVG = "http://www.w3.org/2000/svg";
const STROKE = { fill: "none", stroke: "currentColor", "stroke-width": "3.5", "stroke-linecap": "round" };
const ARCS = ["M12.5 4.5a14.6 14.6 0 0 0 0 23", "M19.5 4.5a14.6 14.6 0 0 1 0 23"];

/**
 * @param {string} tag `svg:rect` for a drawing
 * @param {Record<string, any>} attributes `onclick` and the like are listeners; false and null are left out
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function make(tag, attributes = {}, ...children) {
  const element = tag.startsWith("svg:")
    ? document.createElementNS(SVG, tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/** Fills every element that says which words it wants.
 * @param {import("../src/words.js").Say} say
 * @param {ParentNode} root
 */
export function fill(say, root = document) {
  for (const element of root.querySelectorAll("[data-say]")) {
    element.textContent = say(/** @type {HTMLElement} */ (element).dataset.say ?? "");
  }
  for (const element of root.querySelectorAll("[data-say-label]")) {
    element.setAttribute("aria-label", say(/** @type {HTMLElement} */ (element).dataset.sayLabel ?? ""));
  }
}

/** Tells something in passing: read aloud, shown at the head of the page, and never twice at once.
 * @param {string} words
 * @param {"good" | "info" | "wait" | "bad"} kind
 */
export function tell(words, kind = "good") {
  const place = document.getElementById("told");
  place?.replaceChildren(make("div", { class: `notice ${kind}` }, make("p", {}, words)));
}

/** @param {import("../src/words.js").Say} say @param {string} page @param {string} language @param {(language: string) => void} choose */
function head(say, page, language, choose) {
  const other = language === "fr" ? "en" : "fr";
  const mark = make("svg:svg", { viewBox: "0 0 32 32", "aria-hidden": "true", ...STROKE });
  mark.append(...ARCS.map((d) => make("svg:path", { d })));
  const links = PAGES.map((name) =>
    make("li", {}, make("a", { href: `${name}.html`, "aria-current": name === page && "page" }, say(`shell_nav_${name}`))),
  );
  const name = other === "en" ? "English" : "Français";
  return make(
    "header",
    { class: "top" },
    make(
      "div",
      { class: "top__row" },
      make("a", { class: "brand", href: "traces.html" }, mark, "Vis-à-vis"),
      make("button", { type: "button", class: "button plain small", lang: other, onclick: () => choose(other) }, name),
    ),
    make("nav", { class: "top__nav", "aria-label": say("shell_nav") }, make("ul", { class: "links" }, ...links)),
  );
}

/** Says that the page is whole and answers: the last thing that each page does. */
export function drawn() {
  document.querySelector("main")?.removeAttribute("aria-busy");
}

/** Draws the head, fills the words and shows the page, busy until `drawn` is called.
 * @param {string} page its name: the prefix of its words
 */
export async function openShell(page) {
  const store = ownStore();
  const wished = [await store.read("language"), api.i18n?.getUILanguage(), ...navigator.languages];
  const language = bestLanguage(wished.filter(Boolean));
  const say = await wordsIn(language);
  document.documentElement.lang = language;
  document.title = `${say(`${page}_title`)} – Vis-à-vis`;
  fill(say);
  const choose = async (/** @type {string} */ chosen) => {
    await store.write("language", chosen);
    location.reload();
  };
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const skip = make("a", { class: "skip", href: "#main" }, say("shell_skip"));
  document.body.prepend(skip, head(say, page, language, choose));
  main.setAttribute("aria-busy", "true");
  if (!document.getElementById("told")) main.prepend(make("div", { id: "told", role: "status" }));
  document.body.hidden = false;
  return { say, language, locale: localeOf(language), store, main };
}
