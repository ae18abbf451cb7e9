// @ts-check
/** What is seen of each: a frame with a name, what she has switched off, and whether her hand is up. */

const box = /** @type {HTMLElement} */ (document.getElementById("room-others"));
const mould = /** @type {HTMLTemplateElement} */ (document.getElementById("room-tile"));
/** @type {Map<number, HTMLElement>} */
const tiles = new Map();

/** @param {number} seat @param {string} name @param {() => void} shown The first frame is there. */
export function tile(seat, name, shown) {
  let found = tiles.get(seat);
  if (!found) {
    found = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (mould.content.cloneNode(true)).firstElementChild);
    const video = document.createElement("video");
    video.autoplay = video.playsInline = true;
    video.onresize = shown;
    found.dataset.seat = String(seat);
    found.prepend(video);
    tiles.set(seat, found);
    box.append(found);
  }
  const words = /** @type {HTMLElement} */ (found.querySelector("[data-name]"));
  if (words.textContent !== name) words.textContent = name;
  return found;
}

/** @param {number} seat */
const videoOf = (seat) => tiles.get(seat)?.querySelector("video");

/** @param {number} seat */
export function drop(seat) {
  tiles.get(seat)?.remove();
  tiles.delete(seat);
}

/** Shows a track that came; where the browser wants to be touched first, says so. @param {number} seat
 * @param {MediaStreamTrack} track @param {() => void} blocked */
export function play(seat, track, blocked) {
  const video = videoOf(seat);
  if (!video) return;
  const stream = video.srcObject instanceof MediaStream ? video.srcObject : new MediaStream();
  for (const old of stream.getTracks()) if (old.kind === track.kind && old !== track) stream.removeTrack(old);
  stream.addTrack(track);
  if (video.srcObject !== stream) video.srcObject = stream;
  video.play().catch((error) => error.name === "NotAllowedError" && blocked());
}

/** Once somebody has touched the page. */
export function again() {
  for (const one of tiles.values()) one.querySelector("video")?.play().catch(() => undefined);
}

/** @param {number} seat */
export function empty(seat) {
  const video = videoOf(seat);
  if (video) video.srcObject = null;
}

/** @param {number} seat @param {Record<string, any>} said */
export function show(seat, said) {
  const words = /** @type {NodeListOf<HTMLElement> | undefined} */ (tiles.get(seat)?.querySelectorAll("[data-is]"));
  words?.forEach((word) => { word.hidden = !said[word.dataset.is ?? ""]; });
}

/** @param {number} seat @param {boolean} isCut */
export function cut(seat, isCut) {
  tiles.get(seat)?.classList.toggle("is-cut", isCut);
}
