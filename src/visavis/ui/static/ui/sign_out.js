// @ts-check
/** Forgets the answers kept in this tab when the person leaves.
 * @param {HTMLElement} form */
export function start(form) {
  form.addEventListener("submit", () => sessionStorage.clear());
}
