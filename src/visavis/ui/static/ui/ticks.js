// @ts-check
const KEPT = "visavis-ticked";

/** Keeps who is ticked over the pages of a list, in this tab only and by number only, says how many they are and
 * how many of them stand on other pages, and sends them all. What was sent, or unticked, is forgotten.
 * @param {HTMLFormElement} form */
export function start(form) {
  const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("tbody input[type=checkbox]")]);
  const told = /** @type {HTMLOutputElement} */ (form.querySelector("[data-visavis-ticked]"));
  const untick = /** @type {HTMLButtonElement} */ (form.querySelector("[data-visavis-untick]"));
  const here = new Set(boxes.map((box) => box.value));
  const kept = /** @type {string[]} */ (JSON.parse(sessionStorage.getItem(KEPT) ?? "[]"));
  let others = kept.filter((number) => !here.has(number));
  const sent = document.createElement("div");
  sent.hidden = true;
  form.append(sent);

  const say = () => {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
    const number = ticked.length + others.length;
    const { none, one, many, elsewhere } = /** @type {Record<string, string>} */ (told.dataset);
    const words = number > 1 ? many.replace("NUMBER", String(number)) : number ? one : none;
    told.textContent = others.length ? `${words} ${elsewhere.replace("NUMBER", String(others.length))}` : words;
    untick.hidden = !number;
    form.classList.toggle("is-ticked", number > 0);
    sent.replaceChildren(
      ...others.map((value) => Object.assign(document.createElement("input"), { type: "hidden", name: "chosen", value })),
    );
    sessionStorage.setItem(KEPT, JSON.stringify([...others, ...ticked]));
  };

  for (const box of boxes) if (kept.includes(box.value)) box.checked = true;
  form.addEventListener("change", say);
  form.addEventListener("submit", () => sessionStorage.removeItem(KEPT));
  untick.addEventListener("click", () => {
    others = [];
    for (const box of boxes) box.checked = false;
    say();
    boxes[0]?.focus();
  });
  // A page that comes back from the browser's own memory may be older than what was ticked since.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  say();
}
