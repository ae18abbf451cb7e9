// @ts-check
/** The room: who is admitted sees and hears each other, straight from browser to browser. */
import { start as hear, stop as hush } from "../ui/live.js";
import { kept, screen } from "./devices.js";
import { darken, mine, mirror, mute, open, outward, retake, stop, tracks } from "./own.js";
import { button, press, root, say } from "./page.js";
import { Peer } from "./peer.js";
import * as pieces from "./pieces.js";
import { chime } from "./sound.js";
import * as tiles from "./tiles.js";
import { line, spare, watch } from "./watch.js";
import { Wire, sleep } from "./wire.js";

const SIGN_MS = 20000;
const PATIENCE_MS = 2500;
const FRESH_MS = 60000;
const CALM_MS = 1000;
const token = /** @type {HTMLInputElement} */ (root.querySelector("[name=csrfmiddlewaretoken]")).value;

/** @type {Map<number, Peer>} */
const peers = new Map();
const lost = new Set();
const wire = new Wire(root.dataset.visavisRoom ?? "", token, over);
/** @type {RTCIceServer[]} */
let ice = [];
let iceAt = -Infinity;
let topic = "";
let retaken = 0;
let metAt = 0;
let order = Promise.resolve();
let page = order;
let later = 0;

/** @param {import("./wire.js").Room | undefined} room */
function meet(room) {
  if (!room) return;
  if (!room.in) return over("ended");
  const there = new Map(room.others.filter((one) => one.state === "admitted" && one.c).map((one) => [one.n, one]));
  for (const seat of peers.keys()) if (!there.has(seat)) part(seat);
  for (const [seat, one] of there) {
    tiles.tile(seat, one.name, () => { line.first ||= Math.round(performance.now() - metAt); });
    if (one.c > (peers.get(seat)?.connection ?? 0)) join(seat, one.c);
  }
  root.toggleAttribute("data-alone", !there.size);
}

/** @param {number} seat @param {number} connection */
function join(seat, connection) {
  metAt ||= performance.now();
  peers.get(seat)?.close();
  tiles.empty(seat);
  const peer = new Peer(seat, connection, {
    offers: wire.seat < seat,
    say: (kind, said) => wire.send(seat, connection, kind, said),
    ice: servers,
    tracks: () => tracks,
    came: (track) => tiles.play(seat, track, () => { button("hear").hidden = false; }),
    changed: (state) => connected(peer, state),
  });
  peers.set(seat, peer);
  peer.begin();
}

/** @param {number} seat */
function part(seat) {
  peers.get(seat)?.close();
  peers.delete(seat);
  tiles.drop(seat);
}

/** @param {Peer} peer @param {string} state */
function connected(peer, state) {
  tiles.cut(peer.seat, state !== "connected");
  if (state !== "connected") return;
  spare(peer);
  if (lost.delete(peer.seat)) say("back");
  peer.of.say("state", mine);
}

/** The relay with fresh credentials. @returns {Promise<RTCIceServer[]>} */
async function servers() {
  if (performance.now() - iceAt < FRESH_MS) return ice;
  const fresh = await wire.fetch("relay/");
  if (fresh) [ice, iceAt] = [fresh.servers, performance.now()];
  return ice;
}

document.addEventListener("visavis:told", (event) => {
  const told = /** @type {CustomEvent} */ (event).detail;
  if (told.topic !== topic) return;
  order = order.then(() => take(told.body)).catch(() => undefined);
});

/** @param {any} told */
async function take(told) {
  if (["moved", "ended"].includes(told.k) || (told.k === "out" && told.n === wire.seat)) wire.end(told.k);
  else if (told.f) await heard(told);
  else {
    if (told.k === "out") part(told.n);
    // Who sits here and comes anew is met at once.
    if (told.c > (peers.get(told.n)?.connection ?? told.c)) join(told.n, told.c);
    else if (told.k !== "gone") meet(await wire.fetch("state/"));
    soon(CALM_MS);
  }
}

/** @param {{k: string, f: number, c: number, d: string}} told */
async function heard(told) {
  const said = await wire.open(told);
  let peer = peers.get(told.f);
  if (!peer || told.c > peer.connection) {
    meet(await wire.fetch("state/"));
    peer = peers.get(told.f);
  }
  if (!peer || told.c !== peer.connection) return;
  if (told.k !== "state") return void peer.hear(told.k, said);
  if (said.captions) captions().then((one) => one.read(told.f, said.captions));
  const before = peer.theirs;
  peer.theirs = said;
  tiles.show(told.f, said);
  if (said.hand && !before.hand) say("hand");
  give(peer, said.thin ? Math.max(said.thin, peer.thin) : said.thin ?? peer.thin);
}

/** The way to the others comes before the page. */
async function news() {
  meet(await wire.fetch("state/"));
  soon();
}

function soon(wait = 0) {
  clearTimeout(later);
  later = setTimeout(() => { page = page.then(draw, draw); }, wait);
}

async function draw() {
  const before = pieces.waiting();
  await pieces.fresh();
  if (wire.isOver || pieces.waiting() <= before) return;
  say("arrived");
  chime();
}

const look = async () => meet(await wire.sign());

/** @param {string} why */
function over(why) {
  wire.isOver = true;
  peers.forEach((_peer, seat) => part(seat));
  stop();
  hush(topic);
  if (why !== "moved") return location.replace(root.dataset.visavisRoom ?? "");
  say("moved");
  root.toggleAttribute("data-stopped", true);
}

/** @param {Peer} peer @param {number} thin */
function give(peer, thin) {
  const isPictureFirst = mine.signs || peer.theirs.signs;
  const waits = thin ? (isPictureFirst ? "audio" : "video") : "";
  if (thin === peer.thin && waits === peer.waits) return;
  peer.give(thin, waits);
  button("again").hidden = ![...peers.values()].some((one) => one.thin);
  say(thin ? (isPictureFirst ? "thinSigns" : "thin") : "clear");
  spare(peer);
}

/** Gives way, or no more, and has the other do the same. @param {Peer} peer @param {number} thin */
function agree(peer, thin) {
  give(peer, thin);
  peer.of.say("state", { ...mine, thin });
}

function tellAll() {
  peers.forEach((peer) => peer.of.say("state", mine));
}

watch(() => [...peers.values()], {
  dead(peer) {
    if (!lost.has(peer.seat)) line.drops += 1;
    lost.add(peer.seat);
    say("lost");
    tiles.cut(peer.seat, true);
    peer.restart();
    look();
  },
  // It may be back before the browser ever called it cut.
  alive: (peer) => lost.has(peer.seat) && connected(peer, "connected"),
  thin: agree,
  weak() {
    say("weak");
    button("phone").hidden = false;
  },
  async silent() {
    // Once quietly; then some phones want her touch.
    if (retaken++ % 2) {
      say("silent");
      button("speak").hidden = false;
    } else await retake();
  },
  isOn: () => Boolean(tracks.audio) && !mine.muted,
});

const captions = () => import("./captions.js");
const choose = () => import("./choose.js");

/** @type {Record<string, () => unknown>} */
const does = {
  captions: async () => (await captions()).write(tellAll),
  microphone: mute,
  camera: darken,
  mirror,
  hand() {
    mine.hand = !mine.hand;
    press("hand", mine.hand);
  },
  signs() {
    mine.signs = !mine.signs;
    press("signs", mine.signs);
    peers.forEach((peer) => give(peer, peer.thin));
  },
  async screen() {
    const track = await screen();
    if (!track) return;
    outward.send("video", track);
    press("screen", true);
    track.addEventListener("ended", () => {
      press("screen", false);
      outward.send("video", tracks.video);
    }, { once: true });
  },
  again: () => peers.forEach((peer) => agree(peer, 0)),
  speak: () => retake(),
  hear() {
    tiles.again();
    button("hear").hidden = true;
  },
};

root.addEventListener("click", async (event) => {
  const pressed = /** @type {HTMLElement} */ (event.target).closest?.("[data-do]");
  const act = does[/** @type {HTMLElement | null} */ (pressed)?.dataset.do ?? ""];
  if (!act) return;
  await act();
  tellAll();
});

async function begin() {
  root.removeAttribute("data-asleep");
  button("screen").hidden = !("getDisplayMedia" in (navigator.mediaDevices ?? {}));
  outward.send = (kind, track) => peers.forEach((peer) => peer.replace(kind, track));
  const taking = open().then(tellAll);
  const room = await wire.connect();
  if (!room) return;
  [ice, iceAt] = [room.servers ?? [], performance.now()];
  topic = room.topic ?? "";
  const ear = /** @type {HTMLElement} */ (document.getElementById("room-ear"));
  Object.assign(ear.dataset, { visavisLive: topic, visavisLiveAfter: String(room.after ?? 0), visavisLiveUrl: room.live });
  hear(ear);
  // What is told waits a moment for the devices.
  order = Promise.race([taking, sleep(PATIENCE_MS)]).then(() => meet(room));
  setInterval(look, SIGN_MS);
}

root.querySelector("details")?.addEventListener("toggle", choose);
if (kept().blur) choose();
pieces.pieces(news);
addEventListener("pagehide", () => wire.bye(line));
addEventListener("pageshow", (event) => event.persisted && location.reload());
addEventListener("online", () => peers.forEach((peer) => peer.restart(true)));
begin();
