// @ts-check
/** Where a page takes pictures as files, the station's camera takes one: nothing rests on the station's disk. */
const LARGEST = 2600;

/** @param {HTMLElement} bar */
export function start(bar) {
  if (!navigator.mediaDevices) return;
  const { cameraOpen = "", cameraTake = "" } = bar.dataset;
  for (const input of document.querySelectorAll("input[type=file][accept*='image/jpeg']")) offer(/** @type {HTMLInputElement} */ (input), cameraOpen, cameraTake);
}

/** @param {HTMLInputElement} input @param {string} cameraOpen @param {string} cameraTake */
function offer(input, cameraOpen, cameraTake) {
  const box = document.createElement("div");
  const open = button(cameraOpen);
  box.className = "camera";
  box.append(open);
  input.after(box);
  open.addEventListener("click", async () => {
    const video = document.createElement("video");
    const take = button(cameraTake);
    video.muted = video.playsInline = true;
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: LARGEST }, height: { ideal: LARGEST } } });
    } catch {
      return open.remove();
    }
    await video.play();
    box.replaceChildren(video, take);
    take.addEventListener("click", async () => {
      await keep(video, input);
      end(video);
      box.replaceChildren(open);
      open.focus();
    });
    addEventListener("pagehide", () => end(video));
  });
}

/** @param {string} words */
function button(words) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button quiet";
  made.textContent = words;
  return made;
}

/** @param {HTMLVideoElement} video */
function end(video) {
  for (const track of /** @type {MediaStream | null} */ (video.srcObject)?.getTracks() ?? []) track.stop();
  video.srcObject = null;
}

/** Adds the picture to what was chosen before. @param {HTMLVideoElement} video @param {HTMLInputElement} input */
async function keep(video, input) {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  const content = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
  const chosen = new DataTransfer();
  if (input.multiple) for (const file of input.files ?? []) chosen.items.add(file);
  chosen.items.add(new File([content], `photo-${chosen.files.length + 1}.jpg`, { type: "image/jpeg" }));
  input.files = chosen.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
