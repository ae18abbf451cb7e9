// @ts-check
/**
 * Tries what a conversation by video needs: camera, microphone, sound, network. Nothing is sent or told to anybody,
 * and nothing kept but, on this device, that she needs no sound.
 * What is said stands in the page, one paragraph a case (`data-says`), so that each has its words in both languages.
 */
import { blurs } from "./blur.js";
import { keep } from "./devices.js";
import { loudness } from "./loudness.js";
import { chime } from "./sound.js";

const LISTENED_MS = 7000;
const NETWORK_MS = 9000;
// How loud a voice is, and for how many looks at it, before it counts as heard.
const LOUD = 0.015;
const HEARD = 12;

/** @type {Record<string, string>} */
const OF_ERROR = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "busy",
  AbortError: "busy",
};

const page = /** @type {HTMLElement} */ (document.querySelector("[data-trying]"));
/** @type {Map<string, MediaStream>} */
const open = new Map();

/** @param {string} name @returns {HTMLElement} */
const part = (name) => /** @type {HTMLElement} */ (page.querySelector(`[data-try="${name}"]`));

/** Shows what stands for a case, and how it is: good, wrong or still to be said by her.
 * @param {string} name @param {string} says @param {"" | "good" | "wrong"} [state] */
function say(name, says, state = "") {
  const section = part(name);
  for (const one of section.querySelectorAll("[data-says]")) {
    if (one instanceof HTMLElement) one.hidden = !(one.dataset.says ?? "").split(" ").includes(says);
  }
  section.dataset.state = state;
  const states = [...page.querySelectorAll("[data-try]")].map((one) => one instanceof HTMLElement ? one.dataset.state : "");
  const all = /** @type {HTMLElement} */ (page.querySelector("[data-all]"));
  all.hidden = !states.every((one) => one === "good");
}

/** @param {unknown} error */
function reason(error) {
  if (!(error instanceof DOMException)) return "old";
  // The browser was not let near it by the machine itself: another place to change it than the browser's.
  if (error.name === "NotAllowedError" && /system/i.test(error.message)) return "system";
  return OF_ERROR[error.name] ?? "busy";
}

/** @param {"camera" | "microphone"} name @returns {Promise<MediaStream | undefined>} */
async function ask(name) {
  stop(name);
  say(name, "wait");
  const select = part(name).querySelector("select");
  const chosen = select?.value ? { deviceId: { exact: select.value } } : true;
  try {
    const stream = await navigator.mediaDevices.getUserMedia(name === "camera" ? { video: chosen } : { audio: chosen });
    open.set(name, stream);
    await choices(name, stream);
    return stream;
  } catch (error) {
    say(name, reason(error), "wrong");
  }
}

/** Where there are several, one chooses. @param {"camera" | "microphone"} name @param {MediaStream} stream */
async function choices(name, stream) {
  const kind = name === "camera" ? "videoinput" : "audioinput";
  const devices = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === kind && one.deviceId);
  const select = /** @type {HTMLSelectElement} */ (part(name).querySelector("select"));
  const current = stream.getTracks()[0]?.getSettings().deviceId;
  select.replaceChildren(...devices.map((one) => new Option(one.label, one.deviceId, false, one.deviceId === current)));
  const label = select.closest("label");
  if (label) label.hidden = devices.length < 2;
}

/** @param {string} name */
function stop(name) {
  for (const track of open.get(name)?.getTracks() ?? []) track.stop();
  open.delete(name);
}

async function camera() {
  const stream = await ask("camera");
  const video = /** @type {HTMLVideoElement} */ (part("camera").querySelector("video"));
  video.hidden = !stream;
  if (!stream) return;
  const canBlur = blurs(stream.getVideoTracks()[0]) ? "yes" : "no";
  for (const one of part("camera").querySelectorAll("[data-blurs]")) one.toggleAttribute("hidden", one.getAttribute("data-blurs") !== canBlur);
  video.srcObject = stream;
  await video.play().catch(() => undefined);
  say("camera", "look");
}

async function microphone() {
  const stream = await ask("microphone");
  const meter = /** @type {HTMLMeterElement} */ (part("microphone").querySelector("meter"));
  if (!stream) return;
  say("microphone", "speak");
  const level = loudness(stream);
  const since = performance.now();
  let heard = 0;
  const timer = setInterval(() => {
    const now = level.read();
    meter.value = now;
    heard += now > LOUD ? 1 : 0;
    const late = performance.now() - since > LISTENED_MS;
    if (open.get("microphone") === stream && heard < HEARD && !late) return;
    clearInterval(timer);
    level.close();
    meter.value = 0;
    if (open.get("microphone") !== stream) return;
    stop("microphone");
    say("microphone", heard < HEARD ? "silent" : "heard", heard < HEARD ? "wrong" : "good");
  }, 50);
}

function sound() {
  chime();
  say("sound", "played");
}

/** Asks the relay for a place, by each way that leads there; whoever gets one is reached from anywhere. */
async function network() {
  const servers = JSON.parse(part("network").dataset.servers || "[]");
  if (!navigator.onLine) return say("network", "offline", "wrong");
  if (!servers.length) return say("network", "untried", "good");
  if (!("RTCPeerConnection" in window)) return say("network", "old", "wrong");
  say("network", "wait");
  const line = new RTCPeerConnection({ iceServers: servers, iceTransportPolicy: "relay" });
  let refused = false;
  const ways = new Set();
  const done = new Promise((resolve) => {
    setTimeout(resolve, NETWORK_MS, "late");
    line.onicegatheringstatechange = () => line.iceGatheringState === "complete" && resolve("complete");
    line.onicecandidate = ({ candidate }) => {
      if (candidate?.type !== "relay") return;
      ways.add(candidate.relayProtocol ?? "udp");
      if (ways.has("udp")) resolve("best");
    };
    line.onicecandidateerror = (event) => (refused ||= event.errorCode === 401 || event.errorCode === 486);
  });
  line.createDataChannel("try");
  await line.setLocalDescription();
  await done;
  line.close();
  if (ways.has("udp")) say("network", "free", "good");
  else if (ways.size) say("network", "narrow", "good");
  else say("network", refused ? "ours" : "blocked", "wrong");
}

/** @type {Record<string, () => void | Promise<void>>} */
const TRIES = { camera, microphone, sound, network };

page.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  const name = button?.closest("[data-try]")?.getAttribute("data-try") ?? "";
  if (!button || !(name in TRIES)) return;
  if ("begin" in button.dataset) TRIES[name]();
  if (!button.dataset.answer) return;
  const [says, state] = button.dataset.answer.split(" ");
  stop(name);
  // For the room: who reads or signs has the picture before the sound, until she says that she hears.
  if (name === "sound" && state === "good") keep("signs", says === "unneeded" ? "1" : "");
  for (const video of part(name).querySelectorAll("video")) video.hidden = true;
  say(name, says, /** @type {"good" | "wrong"} */ (state));
});
page.addEventListener("change", (event) => {
  const name = event.target instanceof HTMLSelectElement ? event.target.closest("[data-try]")?.getAttribute("data-try") : "";
  if (name) TRIES[name]();
});
addEventListener("pagehide", () => [...open.keys()].forEach(stop));
for (const name of Object.keys(TRIES)) say(name, navigator.mediaDevices || name === "sound" ? "begin" : "old", "");
page.hidden = false;
