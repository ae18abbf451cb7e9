// @ts-check
/** The page of who waits: says every twenty seconds that it is there, asks when it is told, rings when the door opens. */
import { start as hear } from "../ui/live.js";
import { chime, isAwake } from "./sound.js";

const EVERY_MS = 10000;
const SIGN_MS = 20000;
const bell = /** @type {HTMLButtonElement} */ (document.getElementById("bell"));
let waiting = /** @type {HTMLElement} */ (document.getElementById("waiting"));
let next = 0;

/** @param {boolean} isHere */
function sign(isHere) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  const said = new FormData();
  said.set("csrfmiddlewaretoken", token instanceof HTMLInputElement ? token.value : "");
  said.set("c", waiting.dataset.connection ?? "");
  if (!isHere) said.set("bye", "");
  navigator.sendBeacon(waiting.dataset.sign ?? "", said);
}

async function ask() {
  clearTimeout(next);
  next = setTimeout(ask, EVERY_MS);
  try {
    const answer = await fetch(waiting.dataset.waits ?? "", { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("waiting");
    if (!fresh) return enter();
    if (fresh.textContent === waiting.textContent) return;
    waiting.replaceWith(fresh);
    waiting = fresh;
  } catch {
    // A cut network: what is shown stays, and is asked again.
  }
}

/** The page is another one now: in the room, or out of it. */
function enter() {
  clearTimeout(next);
  if (!isAwake()) return location.reload();
  chime();
  setTimeout(() => location.reload(), 1000);
}

bell.hidden = false;
bell.addEventListener("click", () => {
  chime();
  bell.hidden = true;
});
document.addEventListener("visavis:told", ask);
addEventListener("pagehide", () => sign(false));
addEventListener("pageshow", () => sign(true));
setInterval(() => sign(true), SIGN_MS);
hear(waiting);
next = setTimeout(ask, EVERY_MS);
