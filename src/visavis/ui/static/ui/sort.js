// @ts-check
/** Keeps the cards of a pack as they are laid, and takes 1, 2, 3 for the piles. Without it, the button saves.
 * @param {HTMLElement} pack */
export function start(pack) {
  if (!(pack instanceof HTMLFormElement)) return;
  const form = pack;
  const line = /** @type {HTMLElement} */ (form.querySelector("[data-said]"));
  const cards = /** @type {HTMLFieldSetElement[]} */ ([...form.querySelectorAll("fieldset")]);
  line.textContent = form.dataset.keys ?? "";
  let isSending = false;
  let isChanged = false;

  /** One request at a time, and the latest state last: an older one never arrives after it. */
  async function keep() {
    isChanged = true;
    if (isSending) return;
    isSending = true;
    let isKept = true;
    while (isChanged && isKept) {
      isChanged = false;
      const body = new FormData(form);
      body.set("go", "keep");
      isKept = await fetch(form.action, { method: "POST", body, keepalive: true, redirect: "manual" })
        .then((answer) => answer.status === 204, () => false);
    }
    isSending = false;
    say(isKept);
  }

  /** @param {boolean} isKept */
  function say(isKept) {
    const laid = form.querySelectorAll("input:checked").length;
    const words = (isKept ? form.dataset.kept : form.dataset.lost) ?? "";
    line.textContent = words.replace("{n}", String(laid)).replace("{all}", String(cards.length));
  }

  form.addEventListener("change", keep);
  // What was laid before this file came.
  if (form.querySelector("input:checked:not([checked])")) keep();
  form.addEventListener("keydown", (event) => {
    const pile = ["1", "2", "3"].indexOf(event.key);
    if (pile < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const here = cards.findIndex((card) => card.contains(/** @type {Node} */ (event.target)));
    if (here < 0) return;
    event.preventDefault();
    const chosen = /** @type {HTMLInputElement} */ (cards[here].querySelectorAll("input")[pile]);
    chosen.click();
    const next = cards[here + 1];
    const target = next
      ? next.querySelector("input:checked") ?? next.querySelector("input")
      : form.querySelector("button");
    /** @type {HTMLElement | null} */ (target)?.focus();
  });
}
