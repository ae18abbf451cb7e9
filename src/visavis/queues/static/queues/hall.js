// @ts-check
/** The screen of the hall: asks when it is told, and from time to time; says each call once; waits for a cut network. */
import { start as hear } from "../ui/live.js";

const EVERY = 6000;
const LONGEST = 30000;
const main = /** @type {HTMLElement} */ (document.querySelector("[data-hall]"));
const voice = /** @type {HTMLButtonElement} */ (document.getElementById("voice"));
const lost = /** @type {HTMLElement} */ (document.getElementById("lost"));
let failures = 0;
let next = 0;
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
  if (!fresh) return;
  document.getElementById("news")?.replaceWith(fresh);
  const now = calls(document);
  const news = now.filter((row) => !said.includes(row.dataset.call)).reverse();
  // Only what is on the screen is remembered: a screen that runs for days grows nothing.
  said = now.map((row) => row.dataset.call);
  if (news.length && voice.hidden) speak(news);
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
document.addEventListener("visavis:told", ask);
hear(main);
