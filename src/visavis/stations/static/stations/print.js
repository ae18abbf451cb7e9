// @ts-check
/** Prints the page on the screen, once its sheets are taken off the balance: the style hides an uncounted page. */
const A4_MM = 297;
const MARGINS_MM = 20;
const WIDTH_MM = 190;

/** @param {HTMLElement} bar @param {string} token */
export function start(bar, token) {
  const button = /** @type {HTMLButtonElement | null} */ (bar.querySelector("[data-station-print]"));
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const pages = sheets();
    if (!confirm((button.dataset.words ?? "").replace("{pages}", String(pages)))) return;
    const body = new URLSearchParams({ pages: String(pages) });
    const answer = await fetch(bar.dataset.print ?? "", { method: "POST", body, headers: { "X-CSRFToken": token }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const { refused } = await answer.json();
    if (refused) return alert(refused);
    document.documentElement.dataset.mayPrint = "";
    print();
  });
  addEventListener("afterprint", () => delete document.documentElement.dataset.mayPrint);
}

/** How many sheets the page takes: its height at the width of a sheet. */
function sheets() {
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const height = (main.scrollHeight / Math.max(main.clientWidth, 1)) * WIDTH_MM;
  return Math.max(1, Math.ceil(height / (A4_MM - MARGINS_MM)));
}
