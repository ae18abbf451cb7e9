// @ts-check
/** A place in line on a phone: counts down by what it is told, and asks for the rest: at once when it is its own turn,
 * else at a moment of its own, so that hundreds of phones do not ask together. */
import { start as hear } from "../ui/live.js";

const LEAST_MS = 15000;
const SPREAD_MS = 30000;
const PATIENCE = 5;
let place = /** @type {HTMLElement} */ (document.getElementById("place"));
/** The number of the last thing drawn: a page made before it is old. */
let last = Number(place.dataset.visavisLiveAfter ?? 0);
let next = 0;
let due = Infinity;
let refusals = 0;
let asking = false;
let owed = false;

/** What is due sooner stays due. @param {number} ms */
function later(ms) {
  const at = performance.now() + ms;
  if (at >= due || !place.dataset.place || refusals >= PATIENCE) return;
  clearTimeout(next);
  due = at;
  next = setTimeout(ask, ms);
}

async function ask() {
  clearTimeout(next);
  due = Infinity;
  const url = place.dataset.place;
  if (!url) return;
  owed = asking || document.hidden;
  if (owed) return;
  asking = true;
  try {
    const answer = await fetch(url, { headers: { "X-Visavis-Fragment": "1" }, credentials: "same-origin" });
    if (answer.status < 500) refusals = answer.ok && !answer.redirected ? 0 : refusals + 1;
    if (answer.ok && !refusals) put(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // The network is cut: it asks again.
  }
  asking = false;
  if (owed) later(0);
  else later(LEAST_MS + SPREAD_MS * Math.random());
}

/** @param {Document} page */
function put(page) {
  const fresh = page.getElementById("place");
  // What was drawn is newer than the page: another is asked for soon.
  if (fresh?.dataset.visavisLiveAfter && Number(fresh.dataset.visavisLiveAfter) < last) return (owed = true);
  if (!fresh) return;
  last = Number(fresh.dataset.visavisLiveAfter ?? last);
  const hadFocus = place.contains(document.activeElement);
  place.replaceWith(fresh);
  place = fresh;
  if (!hadFocus) return;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

/** @typedef {{number: number, state: string, last?: boolean}} Move */

/** @param {Event} event */
function told(event) {
  const { topic, id, body } = /** @type {CustomEvent<{topic: string, id: number, body: any}>} */ (event).detail;
  if (topic !== place.dataset.visavisLive || id <= last) return;
  if (!body.moves || body.day !== place.dataset.day) return later(SPREAD_MS * Math.random());
  last = id;
  const ahead = (place.dataset.ahead ?? "").split(" ").filter(Boolean);
  const before = ahead.length;
  for (const { number, state, last: behind } of /** @type {Move[]} */ (body.moves)) {
    const at = ahead.indexOf(String(number));
    if (String(number) === place.dataset.number) return void ask();
    if (state === "waiting" ? at < 0 && (!behind || place.dataset.short) : false) later(SPREAD_MS * Math.random());
    if (state !== "waiting" && at >= 0) ahead.splice(at, 1);
  }
  if (ahead.length !== before) count(ahead);
}

/** @param {string[]} ahead */
function count(ahead) {
  place.dataset.ahead = ahead.join(" ");
  const number = ahead.length;
  const { turn = "", one = "", more = "", wait = "" } = place.dataset;
  const [minutes = 0, spread = 0, desks = 1] = (place.dataset.pace ?? "").split(" ").map(Number);
  const best = Math.max(0, number * minutes - spread * Math.sqrt(number)) / desks;
  const worst = ((number + 1) * minutes + spread * Math.sqrt(number + 1)) / desks;
  write("ahead", (number ? (number === 1 ? one : more) : turn).replace("{number}", String(number)));
  write("wait", wait.replace("{best}", String(Math.round(best))).replace("{worst}", String(Math.ceil(worst))));
}

/** @param {string} id @param {string} words */
function write(id, words) {
  const element = document.getElementById(id);
  if (element) element.textContent = words;
}

document.addEventListener("visavis:told", told);
document.addEventListener("visibilitychange", () => owed && void ask());
later(LEAST_MS + SPREAD_MS * Math.random());
if (place.dataset.visavisLive) hear(place);
