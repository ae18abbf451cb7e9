// @ts-check
/** Camera and microphone: what is there is taken, what is missing is said; nothing that fails here keeps anybody out. */

/** @typedef {"audio" | "video"} Kind */
/** @typedef {{track: MediaStreamTrack | null, why: string}} Taken */

const KEPT = "visavis-devices";
/** Why a device gives nothing, in one word each; else there is none. @type {Record<string, string>} */
const WHY = { NotAllowedError: "denied", SecurityError: "denied", NotReadableError: "busy", AbortError: "busy" };
/** @type {Record<Kind, MediaTrackConstraints>} */
const WANTED = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 24, max: 30 } },
};

/** @returns {Record<string, string>} */
export function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {string} kind @param {string} id */
export function keep(kind, id) {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...kept(), [kind]: id }));
  } catch { /* not kept */ }
}

/** The one kept if it is still there, else any. @param {Kind} kind */
const wanted = (kind) => ({ ...WANTED[kind], deviceId: kept()[kind], backgroundBlur: Boolean(kept().blur) || undefined });

/** Takes one device. Never throws. @param {Kind} kind @returns {Promise<Taken>} */
export async function take(kind) {
  if (!navigator.mediaDevices?.getUserMedia) return { track: null, why: "none" };
  for (const one of [wanted(kind), true]) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ [kind]: one });
      return { track: stream.getTracks()[0], why: "" };
    } catch (error) {
      const why = WHY[/** @type {DOMException} */ (error).name] ?? "none";
      if (why === "denied" || one === true) return { track: null, why };
    }
  }
  return { track: null, why: "none" };
}

/** Takes both with one question to the person; where that fails, each by itself. */
export async function both() {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: wanted("audio"), video: wanted("video") });
    return { audio: { track: stream.getAudioTracks()[0], why: "" }, video: { track: stream.getVideoTracks()[0], why: "" } };
  } catch {
    return { audio: await take("audio"), video: await take("video") };
  }
}

/** @param {Kind} kind */
export async function choices(kind) {
  const all = (await navigator.mediaDevices?.enumerateDevices?.().catch(() => [])) ?? [];
  return all.filter((one) => one.kind === `${kind}input` && one.deviceId);
}

/** The screen, or a window of it, until it is stopped; nothing when she thinks better of it. */
export async function screen() {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 10 } });
    return stream.getVideoTracks()[0] ?? null;
  } catch {
    return null;
  }
}
