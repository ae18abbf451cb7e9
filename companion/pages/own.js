// @ts-check
/** What the pages of what leaves share: her interests of today, the talk with the service, and what went wrong in words. */
import { SERVICE } from "../src/config.js";
import { askService, NotTold, ownOpening, WINDOW_PATH } from "../src/handshake.js";
import { noteLeft } from "../src/left.js";
import { api } from "../src/store.js";
import { loadTable } from "../src/tables.js";
import { NotSent } from "../src/terms.js";
import { BadPermit } from "../src/tokens.js";
import { dayOf, strengths } from "../src/traces.js";
import { make, openShell, tell } from "./shell.js";

/** Thunderbird has no page where she is signed in. */
const IS_BROWSER = Boolean(api.webNavigation);

/** @param {string} id @returns {any} */
export const at = (id) => document.getElementById(id);

/** @param {string} page */
export async function openOwn(page) {
  const shell = await openShell(page);
  const { say, language, store } = shell;
  /** @type {{table: string, interests: {code: string, fr: string, en: string}[]}} */
  const list = await loadTable("interests");
  const places = new Map(list.interests.map(({ code }, place) => [code, place]));
  const names = list.interests.map((one) => (language === "fr" ? one.fr : one.en));
  at("elsewhere").hidden = IS_BROWSER;

  return {
    ...shell,
    isBrowser: IS_BROWSER,
    list,
    nameAt: (/** @type {number} */ place) => names[place],
    nameOf: (/** @type {string} */ code) => names[places.get(code) ?? -1] ?? code,
    placeOf: (/** @type {string} */ code) => places.get(code) ?? -1,

    /** What is recognised today and not taken away, strongest first; only what the list knows. */
    async found() {
      const all = strengths(await store.read("traces"), await store.read("corrections"), dayOf(Date.now()));
      return new Map([...all].filter(([code]) => places.has(code)));
    },

    /** Asks the service's page. Call it in the click itself.
     * @param {object | Promise<object>} question
     */
    ask: (question) =>
      askService(SERVICE, question, {
        opening: ownOpening(api),
        leaving: (/** @type {any} */ message) =>
          store.alone((open) =>
            noteLeft(open, { what: message.ask, to: SERVICE + WINDOW_PATH, bytes: JSON.stringify(message), at: Date.now() }),
          ),
      }),

    /** Says what went wrong.
     * @param {any} problem
     */
    complain(problem) {
      const known = problem instanceof NotSent || problem instanceof NotTold ? problem.why : "other";
      const why = problem instanceof BadPermit ? "permit" : known;
      tell(say(`leaves_not_${why}`, { words: problem.words ?? "" }), "wait");
    },
  };
}

/** A list of names as chips; what is by chance has an outline only.
 * @param {{name: string, mark?: string, isOwn: boolean}[]} items
 */
export const chips = (items) =>
  items.map(({ name, mark, isOwn }) => {
    const words = mark ? [`${name} `, make("span", { class: "mark" }, mark)] : [name];
    return make("li", { class: isOwn ? "chip" : "chip gap" }, make("span", {}, ...words));
  });

/** Keeps a button from being pressed twice while its work is done.
 * @param {HTMLButtonElement} button @param {() => Promise<void>} work
 */
export async function once(button, work) {
  button.disabled = true;
  try {
    await work();
  } finally {
    button.disabled = false;
  }
}
