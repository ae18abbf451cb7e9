// @ts-check
/** Reads the picture of a card by the camera: bare grey points are sent, the server says what is written in them. */
const EVERY_MS = 700;
const WIDTH = 640;
const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-badge]"));
const box = /** @type {HTMLElement} */ (form.querySelector("[data-badge-camera]"));
const said = /** @type {HTMLElement} */ (form.querySelector("[data-badge-read]"));
const video = /** @type {HTMLVideoElement} */ (box.querySelector("video"));
const code = /** @type {HTMLInputElement} */ (form.elements.namedItem("code"));
const pin = /** @type {HTMLInputElement} */ (form.elements.namedItem("pin"));
const token = /** @type {HTMLInputElement} */ (form.elements.namedItem("csrfmiddlewaretoken")).value;

async function begin() {
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 } } });
  box.hidden = false;
  await video.play();
  addEventListener("pagehide", end);
  look();
}

function end() {
  for (const track of /** @type {MediaStream | null} */ (video.srcObject)?.getTracks() ?? []) track.stop();
  video.srcObject = null;
  box.hidden = true;
}

/** @returns {{points: Uint8Array<ArrayBuffer>, width: number, height: number}} */
function picture() {
  const width = WIDTH;
  const height = Math.max(1, Math.round((WIDTH * video.videoHeight) / Math.max(video.videoWidth, 1)));
  const canvas = new OffscreenCanvas(width, height);
  const drawing = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  drawing.drawImage(video, 0, 0, width, height);
  const colours = drawing.getImageData(0, 0, width, height).data;
  const points = new Uint8Array(width * height);
  for (let at = 0; at < points.length; at += 1) points[at] = (colours[4 * at] * 3 + colours[4 * at + 1] * 6 + colours[4 * at + 2]) / 10;
  return { points, width, height };
}

async function look() {
  if (!video.srcObject) return;
  const { points, width, height } = picture();
  try {
    const url = `${form.dataset.badge}?width=${width}&height=${height}`;
    const answer = await fetch(url, { method: "POST", body: points, headers: { "X-CSRFToken": token, "Content-Type": "application/octet-stream" }, credentials: "same-origin" });
    const found = answer.ok ? (await answer.json()).code : "";
    if (found) {
      code.value = found;
      said.textContent = said.dataset.words ?? "";
      end();
      return pin.focus();
    }
  } catch {
    // The next picture may come through.
  }
  setTimeout(look, EVERY_MS);
}

// Without a camera, or when it is refused, the card is typed, or read by a scanner of the hand.
navigator.mediaDevices && begin().catch(() => (box.hidden = true));
