// @ts-check
/** Reads the page aloud by the browser's own voice, from what has the focus or else from the top. */
export function start() {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-station-aloud]"));
  if (!button || !("speechSynthesis" in window)) return;
  const words = button.textContent ?? "";
  const language = document.documentElement.lang;
  button.hidden = false;
  speechSynthesis.cancel();

  function end() {
    speechSynthesis.cancel();
    button?.replaceChildren(words);
    button?.setAttribute("aria-pressed", "false");
  }

  button.addEventListener("click", () => {
    if (speechSynthesis.speaking) return end();
    const chosen = getSelection()?.toString().trim();
    // In pieces: a browser falls silent in the middle of a long one.
    const pieces = chosen ? [chosen] : lines();
    for (const piece of pieces) {
      const said = new SpeechSynthesisUtterance(piece);
      said.lang = language;
      said.rate = 0.95;
      if (piece === pieces[pieces.length - 1]) said.onend = end;
      speechSynthesis.speak(said);
    }
    button.replaceChildren(button.dataset.stop ?? "");
    button.setAttribute("aria-pressed", "true");
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}

/** What stands in the page, a line each. @returns {string[]} */
function lines() {
  const main = /** @type {HTMLElement | null} */ (document.querySelector("main"));
  return (main?.innerText ?? "").split(/\n+/).map((line) => line.trim()).filter(Boolean);
}
