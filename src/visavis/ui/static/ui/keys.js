// @ts-check
/** Moves with j and k between the rows of a list, while the focus is in the list.
 * @param {HTMLElement} list */
export function start(list) {
  list.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    const at = /** @type {HTMLElement} */ (event.target);
    if (!step || event.ctrlKey || event.metaKey || event.altKey || at.matches("input, select, textarea")) return;
    const rows = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-visavis-row]")]);
    const here = rows.findIndex((row) => row.contains(at));
    const next = rows[here + step];
    const target = next?.matches("a, button") ? next : /** @type {HTMLElement | null} */ (next?.querySelector("a, button"));
    if (!target) return;
    event.preventDefault();
    target.focus();
    next.scrollIntoView({ block: "nearest" });
  });
}
