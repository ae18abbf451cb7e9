// @ts-check
/** The site's window: shows what the companion asks, and answers it once she has said yes. */
import { ask, isExtension, readAsk } from "./asking.js";

/** @typedef {import("./asking.js").Ask} Ask */

const box = /** @type {HTMLElement} */ (document.querySelector("[data-visavis-window]"));
const opener = /** @type {Window | null} */ (window.opener);
/** @type {{ask: Ask, answer: (message: object) => void} | null} */
let asked = null;

/** @template {HTMLElement} T @param {string} name @returns {T} */
function part(name) {
  return /** @type {T} */ (box.querySelector(`[data-part="${name}"]`));
}

/** Shows one part and hides the others. @param {string} name */
function show(name) {
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll("[data-part]"))) {
    one.hidden = one.dataset.part !== name;
  }
  const head = /** @type {HTMLElement | null} */ (part(name).querySelector("h2"));
  if (head) head.focus();
}

/** Answers who asked, and nobody else. @param {object} told */
function tell(told) {
  asked?.answer({ visavis: 1, ...told });
}

/** How to answer a message, or null when it may not be heard: only the extension that opened this page may ask, and in
 * Firefox, which cuts that tie, the extension's own script in this page. @param {MessageEvent} event */
function wayBack({ source, origin }) {
  if (opener && source === opener && isExtension(origin)) return (/** @type {object} */ one) => opener.postMessage(one, origin);
  if (source === window && origin === location.origin) return (/** @type {object} */ one) => window.postMessage(one, origin);
  return null;
}

/** Draws a box to tick for each interest, none ticked. @param {string[]} codes */
async function list(codes) {
  const { data } = await ask(box.dataset.interests ?? "");
  const language = document.documentElement.lang.startsWith("fr") ? "fr" : "en";
  const known = new Map((data.interests ?? []).map((/** @type {any} */ one) => [one.code, one[language]]));
  const lines = codes.filter((code) => known.has(code)).map((code) => {
    const [line, label, tick] = ["li", "label", "input"].map((name) => document.createElement(name));
    const input = /** @type {HTMLInputElement} */ (tick);
    Object.assign(input, { type: "checkbox", value: code, name: "interest" });
    label.append(input, " ", known.get(code));
    line.append(label);
    return line;
  });
  part("file").querySelector("ul")?.replaceChildren(...lines);
}

/** @param {MessageEvent} event */
async function heard(event) {
  const [answer, said] = [wayBack(event), readAsk(event.data)];
  if (!answer || !said || (asked && JSON.stringify(asked.ask) === JSON.stringify(said))) return;
  asked = { ask: said, answer };
  if (said.ask === "file") await list(said.interests);
  show(said.ask);
}

/** Does what she allowed. @param {Ask} said @returns {Promise<void>} */
async function allow(said) {
  const token = /** @type {HTMLInputElement} */ (box.querySelector("[name=csrfmiddlewaretoken]")).value;
  if (said.ask === "file") {
    const ticked = /** @type {NodeListOf<HTMLInputElement>} */ (part("file").querySelectorAll("input:checked"));
    const interests = [...ticked].map((one) => one.value);
    const shown = /** @type {HTMLInputElement} */ (part("file").querySelector("[name=words_sha256]")).value;
    return told(await ask(box.dataset.file ?? "", { body: { interests, words_sha256: shown }, token }), "saved");
  }
  if (said.ask === "permit") {
    const body = { blinded: said.blinded, period: said.period };
    return told(await ask(box.dataset.permit ?? "", { body, token }), "signature");
  }
  return told(await ask(box.dataset.shortlist ?? ""), "openings");
}

/** Passes an answer of the service on. @param {import("./asking.js").Answer} answer @param {string} field */
function told(answer, field) {
  if (answer.isSignedOut) return location.reload();
  if (answer.ok && field in answer.data) {
    tell({ told: asked?.ask.ask, [field]: answer.data[field] });
    return show("done");
  }
  if (answer.data.why) tell({ told: "refused", why: answer.data.why });
  part("failed").querySelector("p")?.replaceChildren(answer.data.words ?? part("failed").dataset.words ?? "");
  if (!answer.data.why && asked?.ask.ask === "file") part("file").querySelector("[role=alert]")?.replaceChildren(answer.data.words ?? "");
  else show("failed");
}

box.addEventListener("click", async (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  if (!button || !asked) return;
  if (button.dataset.act === "refuse") {
    tell({ told: "refused", why: "person" });
    return show("refused");
  }
  if (button.dataset.act !== "allow") return;
  button.setAttribute("disabled", "");
  await allow(asked.ask).catch(() => show("failed"));
  button.removeAttribute("disabled");
});

if (box) {
  show("waiting");
  window.addEventListener("message", heard);
  // It says nothing of anybody: whoever opened this page knows that it did.
  opener?.postMessage({ visavis: 1, told: "ready" }, "*");
  window.postMessage({ visavis: 1, told: "ready" }, location.origin);
}
