// @ts-check
/** The screen of the hall: draws what it is told, asks from time to time, or where it was told no more than that
 * something moved; says each call once; waits for a cut network. */
import { start as hear } from "../ui/live.js";

const EVERY = 6000;
const LONGEST = 30000;
const main = /** @type {HTMLElement} */ (document.querySelector("[data-hall]"));
const voice = /** @type {HTMLButtonElement} */ (document.getElementById("voice"));
const lost = /** @type {HTMLElement} */ (document.getElementById("lost"));
let failures = 0;
let next = 0;
/** The number of the last thing drawn: a page made before it is old. */
let last = Number(main.dataset.visavisLiveAfter ?? 0);
/** @type {AudioContext | undefined} */
let sound;
let said = calls(document).map((row) => row.dataset.call);

/** @param {ParentNode} page @returns {HTMLElement[]} */
function calls(page) {
  return [...page.querySelectorAll("[data-call]")].map((row) => /** @type {HTMLElement} */ (row));
}

async function ask() {
  try {
    const answer = await fetch(main.dataset.hall ?? "", { credentials: "same-origin", signal: AbortSignal.timeout(LONGEST) });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    failures = 0;
  } catch {
    failures += 1;
  }
  const words = failures > 1 ? (main.dataset.lost ?? "") : "";
  if (lost.textContent !== words) lost.textContent = words;
  clearTimeout(next);
  next = setTimeout(ask, Math.min(LONGEST, EVERY * (1 + failures)));
}

/** @param {Document} page */
function show(page) {
  const fresh = page.getElementById("news");
  const made = page.querySelector("main");
  const after = Number(made?.dataset.visavisLiveAfter ?? 0);
  if (!fresh || after < last) return;
  last = after;
  main.dataset.day = made?.dataset.day;
  document.getElementById("news")?.replaceWith(fresh);
  sayNews();
}

function sayNews() {
  const now = calls(document);
  const news = now.filter((row) => !said.includes(row.dataset.call)).reverse();
  // Only what is on the screen is remembered: a screen that runs for days grows nothing.
  said = now.map((row) => row.dataset.call);
  if (news.length && voice.hidden) speak(news);
}

/** @typedef {{number: number, state: string, desk?: string, calls?: number}} Move */

/** Asks where it was not told what moved, or what stands below the last row. @param {Event} event */
function told(event) {
  const { topic, id, body } = /** @type {CustomEvent<{topic: string, id: number, body: any}>} */ (event).detail;
  if (topic !== main.dataset.visavisLive || id <= last) return;
  if (!body.moves || body.day !== main.dataset.day) return ask();
  last = id;
  const more = body.moves.map(draw).includes(true);
  sayNews();
  if (more) ask();
}

/** Draws one move, the newest call above; says whether a row may be missing below. @param {Move} move */
function draw(move) {
  const body = /** @type {HTMLElement} */ (document.querySelector(".called tbody"));
  const most = Number(main.dataset.most);
  const rows = () => [...body.querySelectorAll("tr[data-number]")];
  const before = rows().find((row) => row instanceof HTMLElement && row.dataset.number === String(move.number));
  const was = before?.className;
  const full = before && rows().filter((row) => row.className === was).length >= most;
  before?.remove();
  const kind = { called: "now", serving: "" }[move.state];
  if (kind !== undefined) {
    const row = document.createElement("tr");
    row.className = kind;
    Object.assign(row.dataset, { number: String(move.number), desk: move.desk });
    if (kind) row.dataset.call = `${move.number}-${move.calls}`;
    row.append(...["th", "td"].map((name) => document.createElement(name)));
    /** @type {HTMLTableCellElement} */ (row.cells[0]).scope = "row";
    [move.number, move.desk].forEach((words, at) => ((/** @type {HTMLElement} */ (row.cells[at])).textContent = String(words)));
    body.insertBefore(row, rows().find((one) => kind || !one.className) ?? body.querySelector("#none"));
    rows().filter((one) => one.className === kind)[most]?.remove();
  }
  /** @type {HTMLElement} */ (document.getElementById("none")).hidden = rows().length > 0;
  return Boolean(full) && kind !== was;
}

/** @param {HTMLElement[]} news */
function speak(news) {
  chime();
  const language = document.documentElement.lang;
  const has = window.speechSynthesis?.getVoices().some((one) => one.lang.startsWith(language));
  if (!has) return;
  for (const row of news) {
    const words = (main.dataset.say ?? "").replace("{number}", row.dataset.number ?? "").replace("{desk}", row.dataset.desk ?? "");
    const spoken = new SpeechSynthesisUtterance(words);
    spoken.lang = language;
    speechSynthesis.speak(spoken);
  }
}

/** Two notes: always heard, also where the browser has no voice. */
function chime() {
  if (!sound) return;
  for (const [after, pitch] of [[0, 660], [0.25, 523]]) {
    const note = new OscillatorNode(sound, { frequency: pitch });
    const loud = new GainNode(sound, { gain: 0.2 });
    note.connect(loud).connect(sound.destination);
    note.start(sound.currentTime + after);
    note.stop(sound.currentTime + after + 0.22);
  }
}

// A browser lets a page make a sound once somebody has touched it.
voice.hidden = false;
voice.addEventListener("click", () => {
  sound = new AudioContext();
  voice.hidden = true;
  chime();
});
next = setTimeout(ask, EVERY);
document.addEventListener("visavis:told", told);
hear(main);
