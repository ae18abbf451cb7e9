// @ts-check
/** A sitting: the clock, the end when nobody is there, the wipe of every tab; printing and reading aloud beside. */
import { start as aloud } from "./aloud.js";
import { start as cameras } from "./camera.js";
import { start as leave } from "./left.js";
import { start as prints } from "./print.js";

const EVERY_MS = 15000;
const bar = /** @type {HTMLElement} */ (document.querySelector("[data-station]"));
const clock = /** @type {HTMLElement} */ (bar.querySelector("[data-station-clock]"));
const soon = /** @type {HTMLElement} */ (bar.querySelector("[data-station-time]"));
const asking = /** @type {HTMLDialogElement} */ (bar.querySelector("[data-station-idle]"));
const count = /** @type {HTMLElement} */ (bar.querySelector("[data-station-count]"));
const form = /** @type {HTMLFormElement} */ (bar.querySelector("[data-station-finish]"));
const token = /** @type {HTMLInputElement} */ (form.elements.namedItem("csrfmiddlewaretoken")).value;
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("visavis-station") : undefined;
const idleMs = Number(bar.dataset.idle) * 1000;
const warningMs = Number(bar.dataset.warning) * 1000;
/** Every camera and microphone that a page of this sitting was given, by whichever script. @type {MediaStreamTrack[]} */
const taken = [];
const meetsUntil = Date.now() + Number(bar.dataset.meets ?? 0) * 1000;
let endsAt = Date.now() + Number(bar.dataset.left) * 1000;
let touchedAt = Date.now();
let isTouched = false;
let isOver = false;

/** Shows nothing, and goes to the start. */
function gone() {
  isOver = true;
  document.documentElement.hidden = true;
  location.replace(bar.dataset.start ?? "/");
}

/** @param {string} why */
function finish(why) {
  if (isOver) return;
  isOver = true;
  const said = /** @type {HTMLInputElement} */ (form.elements.namedItem("why"));
  said.value = why;
  forget();
  form.submit();
}

/** What this site keeps in the browser goes at once, camera and microphone end; the server's order takes the rest.
 * Other tabs show nothing. */
function forget() {
  taken.forEach((track) => track.stop());
  sessionStorage.clear();
  localStorage.clear();
  tabs?.postMessage({ over: true });
}

function touched() {
  touchedAt = Date.now();
  isTouched = true;
  if (asking.open) asking.close();
}

/** In an interview nobody touches anything: while a camera or a microphone is on she is there, in her time. */
function isMet() {
  return Date.now() < meetsUntil && taken.some((track) => track.readyState === "live");
}

function tick() {
  if (isMet()) touched();
  const left = endsAt - Date.now();
  const minutes = Math.max(0, Math.ceil(left / 60000));
  const words = (bar.dataset.minutes ?? "").replace("{minutes}", String(minutes));
  if (clock.textContent !== words) clock.textContent = words;
  soon.hidden = left > Number(bar.dataset.notice) * 1000;
  if (left <= 0) return finish("time");
  const still = Date.now() - touchedAt;
  if (still >= idleMs + warningMs) return finish("idle");
  if (still >= idleMs && !asking.open) asking.showModal();
  if (asking.open) count.textContent = `${Math.ceil((idleMs + warningMs - still) / 1000)} s`;
}

async function beat() {
  if (isOver) return;
  const body = new URLSearchParams(isTouched ? { active: "1" } : {});
  isTouched = false;
  try {
    const answer = await fetch(bar.dataset.beat ?? "", { method: "POST", body, headers: { "X-CSRFToken": token }, credentials: "same-origin" });
    if (answer.status === 403 || answer.redirected) return gone();
    const told = await answer.json();
    if (told.over) return gone();
    endsAt = Date.now() + told.left * 1000;
  } catch {
    // The network is away: the clock of this page goes on.
  }
}

for (const what of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
  addEventListener(what, () => {
    // One who is asked answers by the button, or by any key: a mouse that is pushed is no answer.
    if (what === "pointermove" && asking.open) return;
    const before = touchedAt;
    touched();
    if (Date.now() - before > 1000) tabs?.postMessage({ touched: true });
  }, { passive: true });
}
bar.querySelector("[data-station-here]")?.addEventListener("click", touched);
asking.addEventListener("cancel", touched);
form.addEventListener("submit", forget);
document.addEventListener("visibilitychange", () => document.hidden || beat());
if (tabs) tabs.onmessage = ({ data }) => (data.over ? gone() : data.touched && touched());
setInterval(tick, 1000);
setInterval(beat, EVERY_MS);
tick();
const devices = navigator.mediaDevices;
const ask = devices?.getUserMedia.bind(devices);
if (ask)
  devices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    taken.push(...stream.getTracks());
    return stream;
  };
leave();
aloud();
prints(bar, token);
cameras(bar);
