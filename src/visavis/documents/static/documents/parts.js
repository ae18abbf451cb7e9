// @ts-check
/** Sends the files of a form in parts before the form itself: a network that drops takes nothing away of what arrived.
 * Nothing of it is kept in the browser: the same file chosen again after a reload goes on by what it is. Without this
 * file the form sends everything at once. */
import { Stopped, send } from "./tus.js";

/** @param {number} bytes */
const megabytes = (bytes) => (bytes / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });

/** @param {HTMLFormElement} form */
function start(form) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input[type=file]"));
  const shown = /** @type {HTMLElement} */ (form.querySelector("[data-visavis-parts-shown]"));
  const bar = /** @type {HTMLProgressElement} */ (shown.querySelector("progress"));
  const [line, status] = /** @type {HTMLElement[]} */ ([...shown.querySelectorAll("p")]);
  const token = /** @type {HTMLInputElement} */ (form.elements.namedItem("csrfmiddlewaretoken")).value;
  const url = form.dataset.visavisParts ?? "";

  /** @param {string | undefined} words */
  const say = (words) => { if (status.textContent !== words) status.textContent = words ?? ""; };

  /** @param {File[]} files */
  async function sendAll(files) {
    const all = files.reduce((sum, file) => sum + file.size, 0);
    let before = 0;
    /** @type {HTMLInputElement[]} */
    const whole = [];
    for (const [at, file] of files.entries()) {
      const address = await send(file, { url, token }, {
        came(bytes) {
          bar.value = all ? (100 * (before + bytes)) / all : 100;
          line.textContent = (shown.dataset.file ?? "").replace("{n}", String(at + 1)).replace("{all}", String(files.length))
            .replace("{done}", megabytes(bytes)).replace("{size}", megabytes(file.size));
        },
        waits() { say(shown.dataset.waits); },
        goesOn() { if (status.textContent) say(shown.dataset.again); },
      });
      before += file.size;
      const one = document.createElement("input");
      [one.type, one.name, one.value] = ["hidden", "whole", address.split("/").at(-2) ?? ""];
      whole.push(one);
    }
    say(shown.dataset.done);
    form.append(...whole);
    input.value = "";
  }

  let busy = false;
  form.addEventListener("submit", async (event) => {
    const files = [...(input.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    shown.hidden = false;
    shown.scrollIntoView({ block: "nearest" });
    const leaving = (/** @type {Event} */ left) => left.preventDefault();
    addEventListener("beforeunload", leaving);
    try {
      await sendAll(files);
    } catch (error) {
      busy = false;
      const stopped = error instanceof Stopped ? error : undefined;
      const words = { 0: shown.dataset.out, 413: shown.dataset.large, 429: stopped?.words, 507: shown.dataset.full };
      const told = words[/** @type {0} */ (stopped?.status)];
      // What is refused otherwise is sent whole: the page that answers says why.
      if (told) return say(told);
    } finally {
      removeEventListener("beforeunload", leaving);
    }
    form.submit();
  });
}

for (const form of document.querySelectorAll("form[data-visavis-parts]")) start(/** @type {HTMLFormElement} */ (form));
