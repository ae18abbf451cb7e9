// @ts-check
const PATIENCE = 5;

/** Asks again for the element's own address while it carries one; stops when the answer no longer does.
 * What is told of its topic (`live.js`) makes it ask at once.
 * @param {HTMLElement} element */
export function start(element) {
  const seconds = Number(element.dataset.visavisRefreshEvery ?? 3);
  let failures = 0;
  let current = element;
  let soon = 0;

  document.addEventListener("visavis:told", (event) => {
    const told = /** @type {CustomEvent<{topic: string}>} */ (event).detail;
    if (told.topic === current.dataset.visavisLive) {
      clearTimeout(soon);
      again();
    }
  });

  async function again() {
    const url = current.dataset.visavisRefresh;
    if (!url || !current.isConnected) return;
    if (document.hidden) return wait();
    try {
      const answer = await fetch(url, { headers: { "X-Visavis-Fragment": "1" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      put(await answer.text());
      failures = 0;
    } catch {
      failures += 1;
    }
    if (failures < PATIENCE) wait();
  }

  /** @param {string} html */
  function put(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = (current.id && page.getElementById(current.id)) || page.body.firstElementChild;
    if (!(fresh instanceof HTMLElement)) return;
    const hadFocus = current.contains(document.activeElement);
    current.replaceWith(fresh);
    current = fresh;
    if (hadFocus) {
      current.tabIndex = -1;
      current.focus({ preventScroll: true });
    }
  }

  function wait() {
    clearTimeout(soon);
    soon = setTimeout(again, seconds * 1000 * (1 + failures));
  }
  wait();
}
