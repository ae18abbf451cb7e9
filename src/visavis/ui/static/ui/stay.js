// @ts-check
/** Keeps what was acted on where it stood on the screen, when the same page comes back after a form was sent.
 * Without this the address's #… brings it into view. */
const KEPT = "visavis-stay";

/** @param {HTMLElement} form Its `data-visavis-stay` is the id of what to keep in place. */
export function start(form) {
  form.addEventListener("submit", () => {
    const id = form.dataset.visavisStay ?? "";
    const top = document.getElementById(id)?.getBoundingClientRect().top;
    if (top !== undefined) sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, id, top }));
  });
}

/** Puts it back, once. */
export function settle() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  if (!kept || kept.path !== location.pathname || location.hash !== `#${kept.id}`) return;
  const element = document.getElementById(kept.id);
  if (!element) return;
  element.focus({ preventScroll: true });
  scrollBy({ top: element.getBoundingClientRect().top - kept.top, behavior: "instant" });
}
