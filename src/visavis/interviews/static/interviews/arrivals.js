// @ts-check
/** Who receives sees and hears each arrival and each call asked for, every time again; the page asks when it is told. */
import { start as hear } from "../ui/live.js";
import { chime, isAwake } from "./sound.js";

const EVERY_MS = 15000;
const bell = /** @type {HTMLButtonElement} */ (document.getElementById("bell"));
const said = /** @type {HTMLElement} */ (document.getElementById("said"));
const title = document.title;
let list = /** @type {HTMLElement} */ (document.getElementById("arrivals"));
/** @type {string[]} */
let known = [];
let next = 0;

/** @returns {string[]} */
const marks = () => [...list.querySelectorAll("[data-mark]")].map((one) => one.getAttribute("data-mark") ?? "");

async function ask() {
  clearTimeout(next);
  try {
    const answer = await fetch(list.dataset.arrivals ?? "", { credentials: "same-origin", headers: { "X-Visavis-Fragment": "1" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // A cut network: what is shown stays, and is asked again.
  }
  next = setTimeout(ask, EVERY_MS);
}

/** @param {Document} page */
function show(page) {
  const fresh = page.getElementById("arrivals");
  // What a form carries is drawn anew each time: only words count.
  if (!fresh || list.textContent === fresh.textContent) return;
  const place = [...list.querySelectorAll("a, button")].indexOf(/** @type {Element} */ (document.activeElement));
  list.replaceWith(fresh);
  list = fresh;
  const again = list.querySelectorAll("a, button")[place];
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  tell();
}

/** Rings for what was not there a moment ago; the title says how many wait, also while another tab is looked at. */
function tell() {
  const now = marks();
  const fresh = now.filter((mark) => !known.includes(mark));
  known = now;
  document.title = now.length ? `(${now.length}) ${title}` : title;
  for (const mark of fresh) list.querySelector(`[data-mark="${CSS.escape(mark)}"]`)?.classList.add("came");
  if (!fresh.length) return;
  said.textContent = "";
  setTimeout(() => (said.textContent = list.dataset.says ?? ""), 100);
  if (isAwake()) chime([660, 523, 660]);
}

// A browser lets a page make a sound once somebody has touched it.
bell.hidden = false;
bell.addEventListener("click", () => {
  chime([660, 523, 660]);
  bell.hidden = true;
});
document.addEventListener("visavis:told", ask);
hear(list);
tell();
next = setTimeout(ask, EVERY_MS);
