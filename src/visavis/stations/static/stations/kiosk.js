// @ts-check
/** Between two people: tells that the station is there, hears for whom it is kept, and returns to the start. */
import { start as aloud } from "./aloud.js";
import { start as leave } from "./left.js";

const EVERY_MS = 20000;
const IDLE_MS = 60000;
const page = document.body;
const token = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=csrfmiddlewaretoken]"))?.value ?? "";
const start = page.dataset.kiosk ?? "/";
let touchedAt = Date.now();
let kept = -1;

// What this site may have left in the browser, whatever came before.
sessionStorage.clear();
localStorage.clear();
leave();
aloud();
/** @type {HTMLFormElement | null} */ (document.querySelector("[data-kiosk-send]"))?.submit();
for (const what of ["pointerdown", "keydown", "touchstart"]) addEventListener(what, () => (touchedAt = Date.now()), { passive: true });

setInterval(async () => {
  const isThere = Date.now() - touchedAt < IDLE_MS;
  if (!isThere && location.pathname !== start) return location.replace(start);
  try {
    const answer = await fetch(page.dataset.beat ?? "", { method: "POST", headers: { "X-CSRFToken": token }, credentials: "same-origin" });
    const told = answer.ok ? await answer.json() : {};
    if ("left" in told || (kept >= 0 && told.kept !== kept && !isThere)) return location.replace(start);
    if (kept < 0) kept = told.kept ?? kept;
    // A page that stands for hours: the language goes back, an hour that is shown grows old.
    if (location.pathname === start && !isThere && Date.now() - touchedAt > 15 * IDLE_MS) location.replace(start);
  } catch {
    // The network is away: the next beat tries again.
  }
}, EVERY_MS);
