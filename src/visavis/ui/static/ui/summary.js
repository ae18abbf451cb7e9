// @ts-check
/** Gives the focus to the list of errors, so that it is the first thing read.
 * @param {HTMLElement} summary */
export function start(summary) {
  summary.focus();
}
