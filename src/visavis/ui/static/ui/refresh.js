// @ts-check
const PATIENCE = 5;
const MOST_WAIT_MS = 60000;

/** Asks again for the element's own address while it carries one, and is refused less than five times; at once when
 * its topic is told (`live.js`), one question at a time, when somebody looks.
 * @param {HTMLElement} element */
export function start(element) {
  const every = Number(element.dataset.visavisRefreshEvery ?? 3) * 1000;
  let failures = 0;
  let refusals = 0;
  let current = element;
  let soon = 0;
  let asking = false;
  let owed = false;

  document.addEventListener("visavis:told", (event) => {
    const told = /** @type {CustomEvent<{topic: string}>} */ (event).detail;
    if (told.topic === current.dataset.visavisLive) now();
  });
  document.addEventListener("visibilitychange", () => owed && now());

  function now() {
    clearTimeout(soon);
    again();
  }

  async function again() {
    const url = current.dataset.visavisRefresh;
    if (!url || !current.isConnected) return;
    owed = asking || document.hidden;
    if (owed) return;
    asking = true;
    try {
      const answer = await fetch(url, { headers: { "X-Visavis-Fragment": "1" }, credentials: "same-origin" });
      if (answer.status >= 500) throw new Error(String(answer.status));
      refusals = answer.ok && !answer.redirected ? 0 : refusals + 1;
      if (!refusals) put(await answer.text());
      failures = refusals;
    } catch {
      failures += 1;
    }
    asking = false;
    if (owed) now();
    else if (refusals < PATIENCE) wait();
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
    soon = setTimeout(again, Math.max(every, Math.min(every * (1 + failures), MOST_WAIT_MS)));
  }
  wait();
}
