// @ts-check
/** Keys of one letter for a page: j and k go through the rows of a list, and each marked part has its own letter,
 * which puts the focus into it. They can be turned off at the desk, for who speaks to the machine.
 * @param {HTMLElement} part */
export function start(part) {
  const letter = part.dataset.visavisShortcut;
  const rows = /** @type {HTMLElement[]} */ ([...part.querySelectorAll("[data-visavis-row]")]);
  /** @param {number} step */
  const go = (step) => {
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const row = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
    /** @type {HTMLElement | null} */ (row?.querySelector("a, button"))?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  };
  const field = part.matches("input") ? part : part.querySelector("textarea, input:not([type=hidden])");
  const enter = () => /** @type {HTMLElement | null} */ (field)?.focus();
  /** @type {Record<string, () => void>} */
  const keys = letter ? { [letter]: enter } : { j: () => go(1), k: () => go(-1) };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (localStorage.getItem("visavis-letters") === "off") return;
    const at = /** @type {Element} */ (event.target);
    const act = keys[event.key];
    if (!act || at.matches("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
    event.preventDefault();
    act();
  });
  // Who hears the page hears the key too, once it works.
  if (letter) field?.setAttribute("aria-keyshortcuts", letter);
  else for (const said of document.querySelectorAll("[data-visavis-keys-said]")) said.removeAttribute("hidden");
}
