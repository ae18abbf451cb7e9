// @ts-check
/** Closes an open menu with Escape, and when the focus or a click goes elsewhere.
 * @param {HTMLElement} element */
export function start(element) {
  const menu = /** @type {HTMLDetailsElement} */ (element);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  for (const kind of ["focusin", "pointerdown"]) {
    document.addEventListener(kind, (event) => {
      if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
    });
  }
}
