// @ts-check
/** A page that comes back out of the browser's memory shows nothing until the server has said whose it is now. */
export function start() {
  const page = document.documentElement;
  addEventListener("pagehide", () => (page.hidden = true));
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
    else page.hidden = false;
  });
  // Neither a browser's own list of what was typed before, nor one that is kept for the next person.
  for (const form of document.forms) form.autocomplete = "off";
}
