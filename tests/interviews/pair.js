// Two seats in one page, by the room's own `peer.js`: what each says to the other is heard at once. Each hears a tone and
// sees a moving picture; `seen` says what goes out of each, and whether a new way was looked for.
import { Peer } from "/peer.js";

const of = [];
const players = [];
const said = [];
let restarts = 0;
// `servers`, where a test gives one, hands out a relay, and nothing goes but by it.
const wanted = (how) => (window.servers ? { ...how, iceTransportPolicy: "relay" } : how);
const refused = (window.refused = []);
const Real = RTCPeerConnection;
window.RTCPeerConnection = class extends Real {
  constructor(how) {
    super(wanted(how));
    this.addEventListener("icecandidateerror", ({ errorCode }) => refused.push(errorCode));
  }
  setConfiguration(how) {
    super.setConfiguration(wanted(how));
  }
  restartIce() {
    restarts += 1;
    super.restartIce();
  }
};

async function sit(at) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 240 } });
  const [audio] = stream.getAudioTracks();
  const [video] = stream.getVideoTracks();
  of[at] = new Peer(at, 1, {
    offers: at === 0,
    say(kind, what) {
      said.push([at, kind, what]);
      of[1 - at].hear(kind, JSON.parse(JSON.stringify(what)));
    },
    ice: async () => window.servers?.() ?? [],
    tracks: () => ({ audio, video }),
    came(track) {
      const player = document.createElement("video");
      player.srcObject = new MediaStream([track]);
      player.muted = true;
      players.push(player);
      player.play();
    },
    changed() {},
  });
}

async function sent(peer) {
  const found = { audio: 0, video: 0, bytes: 0, kinds: "" };
  if (!peer.pc) return found;
  for (const one of (await peer.pc.getStats()).values()) {
    if (one.type === "outbound-rtp") found[one.kind] += one.packetsSent;
    if (one.type === "outbound-rtp" && one.kind === "audio") found.bytes += one.bytesSent;
  }
  found.kinds = peer.pc.remoteDescription?.sdp.match(/m=audio \d+ \S+ (\d+)/)?.[1] ?? "";
  found.isRed = new RegExp(`a=rtpmap:${found.kinds} red/`, "i").test(peer.pc.remoteDescription?.sdp ?? "");
  return found;
}

window.begin = async () => {
  await sit(0);
  await sit(1);
  of.forEach((peer) => peer.begin());
};
window.of = of;
window.offers = () => said.filter(([, kind]) => kind === "offer").length;
/** What both send in a second. */
window.seen = async () => {
  const before = await Promise.all(of.map(sent));
  const at = performance.now();
  await new Promise((done) => setTimeout(done, 1500));
  const after = await Promise.all(of.map(sent));
  const s = (performance.now() - at) / 1000;
  return { restarts, offers: window.offers(), sent: after.map((one, place) => ({
    audio: (one.audio - before[place].audio) / s, video: (one.video - before[place].video) / s,
    kbits: ((one.bytes - before[place].bytes) * 8) / 1000 / s, isRed: one.isRed,
  })) };
};
