/**
 * Firefox only, in one page of the service (/companion/window/): carries messages between that page and the companion.
 * It reads nothing of the page, and says nothing unless the companion itself opened it. Not a module: the browser runs it as it is.
 */
(() => {
  const { runtime } = globalThis.browser;

  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== window || origin !== location.origin || data?.visavis !== 1 || typeof data.told !== "string") return;
    // Nobody listens when she opened the page by herself.
    runtime.sendMessage(data).catch(() => undefined);
  });

  runtime.onMessage.addListener((message, sender) => {
    if (sender.id === runtime.id) window.postMessage(message, location.origin);
  });
})();
