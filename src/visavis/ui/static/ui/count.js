// @ts-check
/** Says how many characters are left in the text that the element names; spoken when the typing rests.
 * @param {HTMLElement} line */
export function start(line) {
  const text = document.getElementById(line.dataset.visavisCount ?? "");
  if (!(text instanceof HTMLTextAreaElement)) return;
  const most = text.maxLength;
  text.removeAttribute("maxlength");
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.setAttribute("aria-live", "polite");
  line.after(spoken);
  /** @type {number | undefined} */
  let rest;

  function count() {
    const left = most - /** @type {HTMLTextAreaElement} */ (text).value.length;
    const words = (left < 0 ? line.dataset.over : line.dataset.left) ?? "";
    line.textContent = words.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
    line.classList.toggle("wrong-text", left < 0);
    clearTimeout(rest);
    rest = setTimeout(() => { spoken.textContent = left < most / 5 ? line.textContent : ""; }, 1000);
  }
  text.addEventListener("input", count);
  count();
}
