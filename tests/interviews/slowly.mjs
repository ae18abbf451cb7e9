// Two seats that look for a way, on a simulated clock: what each says to the other takes `delay` ms. Prints when a way
// came about, or -1 within a minute, and how many offers it took. Browsers are played: a way is there when each has
// taken a way of the other's that belongs to the offer of both. `watch.js` is the real one, and counts packets.
// "again": she comes, and comes again at once, and her second page hears what was said to her first one.
import { setImmediate as turn } from "node:timers/promises";
const [, , scripts, delay, how] = process.argv;
let now = 0;
globalThis.performance = { now: () => now };
globalThis.RTCRtpReceiver = {};
let queue = [];
const after = (ms, act) => queue.push([now + ms, act]);
globalThis.setInterval = (act, ms) => after(ms, () => { act(); setInterval(act, ms); });

// The words of a connection: which one it is, and its how manieth.
let made = 0;
globalThis.RTCPeerConnection = class {
  signalingState = "stable";
  connectionState = "connecting";
  own = (made += 1);
  mine = "";
  theirs = "";
  taken = "";
  packets = 0;
  setConfiguration() {}
  restartIce() {}
  addTransceiver() { return {}; }
  getTransceivers() { return []; }
  async getStats() {
    if (isThere()) this.packets += 1;
    return new Map([[1, { type: "inbound-rtp", kind: "audio", packetsReceived: this.packets }]]);
  }
  async createOffer() { return { type: "offer", sdp: `${this.own}.${Math.round(now)}` }; }
  async createAnswer() { return { type: "answer", sdp: `${this.own}.${this.theirs}` }; }
  get localDescription() { return { sdp: this.mine }; }
  get remoteDescription() { return this.theirs ? {} : null; }
  close() { this.signalingState = "closed"; }
  async setLocalDescription({ type, sdp }) {
    [this.mine, this.signalingState] = [sdp, type === "offer" ? "have-local-offer" : "stable"];
    after(10, () => this.signalingState === "closed" || this.onicecandidate({ candidate: { toJSON: () => sdp } }));
  }
  async setRemoteDescription({ type, sdp }) {
    // A browser does not go on with another one by the same connection.
    if (this.theirs && this.theirs.split(".")[0] !== sdp.split(".")[0]) throw new Error("another one");
    [this.theirs, this.signalingState] = [sdp, type === "offer" ? "have-remote-offer" : "stable"];
  }
  async addIceCandidate(way) { this.taken = way; }
};
const { Peer } = await import(`${scripts}/peer.js`);
const { watch } = await import(`${scripts}/watch.js`);
if (how === "restless") Peer.prototype.isSeeking = () => false;

let offers = 0;
const peers = [];
/** Whoever sits there when it arrives hears it; she does not know for which of her pages it was. */
const sit = (at) => {
  peers[at]?.close();
  const peer = peers[at] = new Peer(at, 1, {
    offers: at === 0,
    say(kind, said) {
      if (kind === "offer") offers += 1;
      after(Number(delay), () => peers[1 - at].hear(kind, said));
    },
    ice: async () => [],
    tracks: () => ({ audio: null, video: null }),
    came() {},
    changed() {},
  });
  peer.begin();
};
const isThere = () => {
  const [one, other] = peers.map(({ pc }) => pc);
  return Boolean(one && other) && [one, other].every((pc) => pc.signalingState === "stable")
    && one.theirs === other.mine && other.theirs === one.mine && one.taken === other.mine && other.taken === one.mine;
};
sit(0);
sit(1);
// The second page is there before the first offer is, and it takes a moment until the other seat knows of it.
if (how === "again") {
  after(Number(delay) / 2, () => sit(1));
  after(1.4 * Number(delay), () => sit(0));
}
const says = { dead: (peer) => peer.restart(), alive() {}, thin() {}, weak() {}, silent() {}, isOn: () => false };
watch(() => [...peers], says);
while (now < 60000 && !isThere()) {
  queue.sort(([one], [other]) => one - other);
  const [at, act] = queue.shift();
  now = at;
  act();
  for (let time = 0; time < 3; time += 1) await turn();
}
console.log(JSON.stringify([isThere() ? now : -1, offers]));
