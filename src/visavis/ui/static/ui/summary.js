// @ts-check
/** Gives the focus to the list of errors, so that it is the first thing read: where the browser's own
 * autofocus, which comes with the first frame, has not done so (an address with a fragment).
 * @param {HTMLElement} summary */
export function start(summary) {
  requestAnimationFrame(() => {
    if (document.activeElement !== summary) summary.focus();
  });
}
