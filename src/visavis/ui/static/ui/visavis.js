// @ts-check
/** Loads each behaviour only where a page asks for it. Without this file every page still does its work. */

/** @type {Array<[string, () => Promise<{start: (element: HTMLElement) => void}>]>} */
const BEHAVIOURS = [
  ["[data-visavis-summary]", () => import("./summary.js")],
  ["[data-visavis-draft]", () => import("./draft.js")],
  ["[data-visavis-suggest]", () => import("./suggest.js")],
  ["[data-visavis-refresh]", () => import("./refresh.js")],
  ["[data-visavis-live]", () => import("./refresh.js").then(() => import("./live.js"))],
  ["[data-visavis-desk]", () => import("./desk.js")],
  ["[data-visavis-ticks]", () => import("./ticks.js")],
  ["[data-visavis-keys]", () => import("./keys.js")],
  ["[data-visavis-count]", () => import("./count.js")],
  ["[data-visavis-sort]", () => import("./sort.js")],
  ["[data-visavis-stay]", () => import("./stay.js")],
  ["[data-visavis-walk], [data-visavis-shortcut]", () => import("./shortcuts.js")],
  ["[data-visavis-menu]", () => import("./menu.js")],
  ["[data-visavis-sign-out]", () => import("./sign_out.js")],
];

for (const [selector, load] of BEHAVIOURS) {
  const found = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector));
  if (found.length) load().then((behaviour) => found.forEach(behaviour.start));
}
if (sessionStorage.getItem("visavis-drafts")) import("./draft.js").then((draft) => draft.settle());
if (sessionStorage.getItem("visavis-stay")) import("./stay.js").then((stay) => stay.settle());
