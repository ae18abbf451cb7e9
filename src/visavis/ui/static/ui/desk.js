// @ts-check
/** A list worked through by keyboard: j k move, Enter opens beside and then the page, → goes there, x ticks,
 * p proposes, n does the next act, / looks for somebody, Esc goes back, ? shows the keys. Moving reads nobody's
 * file: only Enter does. Keys of one letter can be turned off, for who speaks to the machine.
 * @param {HTMLElement} desk */
export function start(desk) {
  const rows = /** @type {HTMLTableRowElement[]} */ ([...desk.querySelectorAll("tbody tr")]);
  const beside = /** @type {HTMLElement} */ (desk.querySelector("[data-visavis-beside]"));
  const help = /** @type {HTMLDetailsElement | null} */ (desk.querySelector("details.keys"));
  const search = /** @type {HTMLInputElement | null} */ (desk.querySelector("input[type=search]"));
  const letters = /** @type {HTMLInputElement | null} */ (desk.querySelector("[data-visavis-letters]"));
  const wide = matchMedia("(min-width: 60rem)");
  /** @param {Element | undefined} row */
  const link = (row) => /** @type {HTMLAnchorElement | null} */ (row?.querySelector("th a") ?? null);
  /** @param {HTMLTableRowElement} row */
  const box = (row) => /** @type {HTMLInputElement} */ (row.querySelector("input[type=checkbox]"));
  const opened = () => rows.find((row) => row.hasAttribute("aria-current"));
  /** The row of the focus; the one that is open; else the one before the first. */
  const here = () => {
    const focused = rows.findIndex((row) => row.contains(document.activeElement));
    return focused < 0 ? rows.findIndex((row) => row === opened()) : focused;
  };
  /** @param {HTMLTableRowElement | undefined} row */
  const stand = (row) => {
    link(row)?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  };

  /** Keep who is open in the address, by number only, so that going back finds the list as it was.
   * @param {string} number */
  const remember = (number) => {
    const address = new URL(location.href);
    if (number) address.searchParams.set("open", number);
    else address.searchParams.delete("open");
    history.replaceState(history.state, "", address);
  };

  /** @param {HTMLTableRowElement | undefined} row
   * @param {boolean} is_open */
  const mark = (row, is_open) => {
    if (is_open) row?.setAttribute("aria-current", "true");
    else row?.removeAttribute("aria-current");
    link(row)?.setAttribute("aria-expanded", String(is_open));
  };

  const close = () => {
    if (beside.hidden) return false;
    const row = opened();
    mark(row, false);
    beside.hidden = true;
    desk.classList.remove("is-open");
    remember("");
    stand(row);
    return true;
  };

  /** @param {HTMLTableRowElement} row */
  const open = async (row) => {
    const target = /** @type {HTMLAnchorElement} */ (link(row));
    mark(opened(), false);
    mark(row, true);
    desk.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${target.pathname}beside/`, { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (opened() !== row) return;
      beside.replaceChildren(...page.body.childNodes);
      beside.hidden = false;
      desk.classList.add("is-open");
      remember(box(row).value);
    } catch {
      location.assign(target.href);
    } finally {
      desk.removeAttribute("aria-busy");
    }
  };

  desk.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const row = /** @type {HTMLTableRowElement | null} */ (target.closest("tbody tr"));
    if (!row || !link(row)?.contains(target) || !wide.matches || row === opened()) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(row);
  });

  /** @type {Record<string, () => void>} */
  const keys = {
    j: () => stand(rows[Math.min(here() + 1, rows.length - 1)]),
    k: () => stand(rows[Math.max(here() - 1, 0)]),
    x: () => {
      const row = rows[here()];
      if (!row) return;
      box(row).click();
    },
    p: () => /** @type {HTMLButtonElement | null} */ (desk.querySelector(".bar button"))?.click(),
    n: () => /** @type {HTMLAnchorElement | null} */ (rows[here()]?.querySelector(".act a"))?.click(),
    ArrowRight: () => /** @type {HTMLElement | null} */ (beside.querySelector("a"))?.focus(),
    "/": () => search?.select(),
    "?": () => {
      if (!help) return;
      help.open = !help.open;
      if (help.open) help.scrollIntoView({ block: "nearest" });
      else stand(rows[Math.max(here(), 0)]);
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = /** @type {Element} */ (event.target);
    const types = at.matches("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (event.key === "Escape") {
      if (types) stand(rows[Math.max(here(), 0)]);
      else if (!close()) stand(rows[Math.max(here(), 0)]);
      return;
    }
    const act = keys[event.key];
    if (!act || types || (letters && !letters.checked && event.key.length === 1)) return;
    event.preventDefault();
    act();
  });

  if (help) help.hidden = false;
  if (letters) {
    letters.checked = localStorage.getItem("visavis-letters") !== "off";
    letters.addEventListener("change", () => localStorage.setItem("visavis-letters", letters.checked ? "on" : "off"));
  }
  if (opened()) stand(opened());
}
