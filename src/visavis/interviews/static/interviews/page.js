// @ts-check
/** The page of a room: its sentences and its buttons. */

export const root = /** @type {HTMLElement} */ (document.querySelector("[data-visavis-room]"));
const says = /** @type {HTMLElement} */ (document.getElementById("room-says"));

/** Says a sentence of the page, once. @param {string} name */
export function say(name) {
  const words = root.dataset[name] ?? "";
  if (says.textContent !== words) says.textContent = words;
}

/** @param {string} name */
export const button = (name) => /** @type {HTMLButtonElement} */ (root.querySelector(`[data-do="${name}"]`));

/** @param {string} name @param {boolean} is */
export function press(name, is) {
  button(name)?.setAttribute("aria-pressed", String(is));
}
