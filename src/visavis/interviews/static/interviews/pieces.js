// @ts-check
/** The parts of the page that the house writes: who is here, what lies on the table, what was written. They are asked
 * anew when something changed; a form in them is sent without leaving the room. */

const PIECES = ["room-people", "room-table", "room-remarks"];
const WAITS_MS = 8000;

/** @param {string} url @param {RequestInit} [more] */
const ask = (url, more) => fetch(url, { signal: AbortSignal.timeout(WAITS_MS), headers: { "X-Visavis-Fragment": "1" }, ...more });

/** @param {() => void} changed */
export function pieces(changed) {
  document.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("[data-visavis-in-room]")) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    const buttons = [...form.querySelectorAll("button")];
    for (const one of buttons) one.disabled = true;
    try {
      const answer = await ask(form.action, { method: "POST", body });
      if (answer.ok) {
        put(await answer.text());
        if (form.isConnected) form.reset();
        const drawn = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=form]"));
        if (drawn) drawn.value = crypto.randomUUID();
      }
    } catch { /* what was typed stays */ }
    for (const one of buttons) one.disabled = false;
    changed();
  });
}

export async function fresh() {
  try {
    const answer = await ask(location.pathname);
    if (answer.ok && !answer.redirected) put(await answer.text());
  } catch { /* asked again */ }
}

/** @param {string} html */
function put(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const id of PIECES) {
    const [there, now] = [document.getElementById(id), page.getElementById(id)];
    if (!there || !now || there.isEqualNode(now)) continue;
    const focused = /** @type {HTMLElement | null} */ (there.contains(document.activeElement) ? document.activeElement : null);
    const name = focused?.dataset.keep;
    there.replaceWith(now);
    if (!focused) continue;
    const again = /** @type {HTMLElement} */ ((name && now.querySelector(`[data-keep="${name}"]`)) || now);
    if (again === now) now.tabIndex = -1;
    again.focus({ preventScroll: true });
  }
}

/** How many wait to be let in. */
export const waiting = () => document.querySelectorAll("#room-people [data-waits]").length;
