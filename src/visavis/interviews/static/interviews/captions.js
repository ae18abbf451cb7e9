// @ts-check
/** Captions that somebody in the room types and all read, large, below the picture. What is typed is a part of what a page
 * says of itself (`own.js`, `mine`): sealed, to each page in the room, and who comes later reads the line that stands.
 * Nothing of it is kept. A program that recognises speech would sit in a seat of its own and say the same. */
import * as devices from "./devices.js";
import { mine } from "./own.js";
import { press, root, say } from "./page.js";

/** @typedef {{line: number, words: string, isWhole: boolean}} Caption */

const EVERY_MS = 700;
const MOST_LINES = 200;
const LONGEST = 300;
const SIZES = 4;

const box = /** @type {HTMLElement} */ (document.getElementById("room-captions"));
const [lines, now] = /** @type {HTMLElement[]} */ (["lines", "now"].map((name) => box.querySelector(`[data-${name}]`)));
const form = /** @type {HTMLFormElement} */ (box.querySelector("form"));
const typed = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
/** The last whole line of each seat: what a page says of itself comes again. @type {Map<number, number>} */
const whole = new Map();
// Another page of the same seat begins elsewhere.
let line = Date.now();
let isWriting = false;
let timer = 0;
let tell = () => {};

/** @param {number} by */
function size(by) {
  const next = Math.min(SIZES, Math.max(1, Number(devices.kept().captions ?? 2) + by));
  devices.keep("captions", String(next));
  box.dataset.size = String(next);
  newest();
}

/** What was said last is what is seen. */
function newest() {
  lines.scrollTop = lines.scrollHeight;
}

function open() {
  if (!box.hidden) return;
  box.hidden = false;
  size(0);
  say("captions");
}

/** @param {string} name @param {string} words */
function add(name, words) {
  const row = document.createElement("p");
  const who = document.createElement("b");
  who.textContent = name;
  row.append(who, " ", words);
  lines.append(row);
  while (lines.childElementCount > MOST_LINES) lines.firstElementChild?.remove();
  newest();
}

/** What another page says; what is still being typed is shown and not read aloud. @param {number} seat @param {Caption} caption */
export function read(seat, caption) {
  open();
  if (whole.get(seat) === caption.line) return;
  const name = root.querySelector(`[data-seat="${seat}"] [data-name]`)?.textContent ?? "";
  const words = String(caption.words).slice(0, LONGEST);
  now.textContent = caption.isWhole ? "" : words;
  if (!caption.isWhole) return;
  whole.set(seat, caption.line);
  if (words) add(name, words);
}

/** @param {boolean} isWhole */
function put(isWhole) {
  clearTimeout(timer);
  timer = 0;
  const words = typed.value.trim().slice(0, LONGEST);
  mine.captions = { line, words, isWhole: isWhole && Boolean(words) };
  tell();
  if (!mine.captions.isWhole) return;
  add(box.dataset.me ?? "", words);
  typed.value = "";
  line += 1;
}

/** Begins to type, or ends it; the others are told with what else this page says of itself. @param {() => void} tellAll */
export function write(tellAll) {
  tell = tellAll;
  isWriting = !isWriting;
  press("captions", isWriting);
  form.hidden = !isWriting;
  open();
  put(true);
  if (isWriting) typed.focus();
  else delete mine.captions;
}

typed.addEventListener("input", () => { timer ||= setTimeout(put, EVERY_MS, false); });
typed.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  put(true);
});
addEventListener("resize", newest);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  put(true);
  typed.focus();
});
box.addEventListener("click", (event) => {
  const by = /** @type {HTMLElement} */ (event.target).closest("[data-by]")?.getAttribute("data-by");
  if (by) size(Number(by));
});
