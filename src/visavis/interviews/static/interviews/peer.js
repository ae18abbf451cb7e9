// @ts-check
/** One other seat: a connection straight to its browser. One of the two makes every offer, the other only asks for one.
 * Sound and picture have their places from the first offer on: what is missing, changed or muted asks for no new one. */

/** @typedef {"audio" | "video"} Kind */
/** @typedef {{audio: MediaStreamTrack | null, video: MediaStreamTrack | null}} Tracks */
/** @typedef {{offers: boolean, say: (kind: string, said: unknown) => void, ice: () => Promise<RTCIceServer[]>,
 *   tracks: () => Tracks, came: (track: MediaStreamTrack) => void, changed: (state: string) => void}} Of */

/** Speech on a thin line: in fewer and fuller packets, for the heads of fifty a second are more than it. */
const THIN = "$&;maxaveragebitrate=16000\r\na=ptime:60";
/** What has a browser try how much more goes through, by packets of nothing. */
const TRIES = /a=.*(transport-(wide-)?cc|abs-send-time).*\r\n/g;
/** So long after what was last said or heard of it a new way is looked for; longer where nobody answers. */
const WAY_MS = 8000;
const ANSWER_MS = 24000;

/** Redundant sound first where the browser has it: what is lost is in the next packet. It costs as much again, so a
 * thin line has none. Who answers follows the offer. @param {RTCRtpTransceiver} one @param {boolean} isWide */
function prefer(one, isWide) {
  const codecs = RTCRtpReceiver.getCapabilities?.("audio")?.codecs ?? [];
  const is = (/** @type {RTCRtpCodec} */ codec) => /\/red$/i.test(codec.mimeType);
  if (codecs.some(is)) one.setCodecPreferences?.([...(isWide ? codecs.filter(is) : []), ...codecs.filter((codec) => !is(codec))]);
}

export class Peer {
  // The offer that both talk about (what belongs to a former one is left aside), and the first of this connection.
  offer = 0;
  first = 0;
  // Above zero, the next offer is by a connection made anew.
  missed = 0;
  // How thin the line is, as `rules.js` says, and what waits for it.
  thin = 0;
  waits = "";
  // What the other page says of itself.
  theirs = /** @type {Partial<import("./own.js").State>} */ ({});
  early = /** @type {[number, RTCIceCandidateInit][]} */ ([]);
  turn = Promise.resolve();
  isClosed = false;
  soughtAt = performance.now();
  // What was seen of its line.
  seen = { dead: /** @type {{mediaAt?: number}} */ ({}), thin: {}, judgedAt: this.soughtAt, since: this.soughtAt, lost: 0, came: 0 };
  pc = /** @type {RTCPeerConnection | undefined} */ (undefined);

  /** @param {number} seat @param {number} connection @param {Of} of */
  constructor(seat, connection, of) {
    [this.seat, this.connection, this.of] = [seat, connection, of];
  }

  /** Does one thing after the other. @param {() => Promise<void>} act */
  next(act) {
    this.turn = this.turn.then(async () => { if (!this.isClosed) await act(); }).catch((error) => console.debug("room", error?.name));
    return this.turn;
  }

  /** A new way is still looked for: on a slow phone each try would end the one before, and none come about. */
  isSeeking(ms = this.pc?.signalingState === "stable" ? WAY_MS : ANSWER_MS) {
    return performance.now() - this.soughtAt < ms;
  }

  begin() {
    return this.next(async () => { await (this.of.offers ? this.start() : this.make()); });
  }

  async start() {
    const pc = await this.make();
    const { audio, video } = this.of.tracks();
    for (const track of [audio ?? "audio", video ?? "video"]) pc.addTransceiver(track);
    this.first = this.offer + 1;
    await this.propose();
  }

  async make() {
    const iceServers = await this.of.ice();
    if (this.isClosed) throw new Error();
    this.pc?.close();
    const pc = this.pc = new RTCPeerConnection({ iceServers, bundlePolicy: "max-bundle" });
    pc.onicecandidate = ({ candidate }) => { if (candidate) this.of.say("ice", [this.offer, candidate.toJSON()]); };
    pc.ontrack = ({ track }) => this.of.came(track);
    pc.onconnectionstatechange = () => {
      if (pc.connectionState === "connected") this.missed = -1;
      this.of.changed(pc.connectionState);
    };
    return pc;
  }

  places() {
    return this.pc?.getTransceivers() ?? [];
  }

  async propose() {
    if (!this.pc) return;
    this.offer += 1;
    this.missed += 1;
    this.soughtAt = performance.now();
    for (const one of this.places()) {
      const kind = one.receiver.track.kind;
      one.direction = kind === this.waits ? "inactive" : "sendrecv";
      if (kind === "audio") prefer(one, this.thin < 2);
    }
    await this.pc.setLocalDescription(await this.pc.createOffer());
    this.of.say("offer", [this.offer, this.fit(this.pc.localDescription?.sdp ?? ""), this.first]);
  }

  /** @param {string} sdp */
  fit(sdp) {
    if (!this.thin) return sdp;
    return sdp.replace(/useinbandfec=1.*/, THIN).replace(this.waits === "video" ? TRIES : "", "");
  }

  /** @param {string} kind @param {any} said */
  hear(kind, said) {
    return this.next(async () => {
      if (kind === "ask") {
        if (this.of.offers && (said || !this.isSeeking(WAY_MS))) await this.again();
        return;
      }
      this.soughtAt = performance.now();
      if (kind === "offer" && said[0] > this.offer) await this.answer(said);
      else if (kind === "answer" && said[0] === this.offer && this.pc?.signalingState === "have-local-offer") {
        await this.pc.setRemoteDescription({ type: "answer", sdp: this.fit(said[1]) });
        await this.take();
      } else if (kind === "ice") {
        this.early.push(said);
        await this.take();
      }
    });
  }

  /** @param {[number, string, number]} said */
  async answer([offer, sdp, first]) {
    if (this.offer) await (first === this.first ? this.renew() : this.make());
    const pc = /** @type {RTCPeerConnection} */ (this.pc);
    [this.offer, this.first] = [offer, first];
    await pc.setRemoteDescription({ type: "offer", sdp });
    for (const one of this.places()) {
      if (one.direction === "sendrecv") continue;
      one.direction = "sendrecv";
      await one.sender.replaceTrack(this.of.tracks()[/** @type {Kind} */ (one.receiver.track.kind)]);
    }
    await pc.setLocalDescription(await pc.createAnswer());
    this.of.say("answer", [offer, pc.localDescription?.sdp]);
    await this.take();
  }

  /** Takes the ways to the other that belong to this offer, once the offer is there. */
  async take() {
    if (!this.pc?.remoteDescription || this.pc.signalingState !== "stable") return;
    const ways = this.early.filter(([offer]) => offer === this.offer);
    this.early = this.early.filter(([offer]) => offer > this.offer);
    for (const [, way] of ways) await this.pc.addIceCandidate(way).catch(() => undefined);
  }

  /** Looks for a new way, with fresh credentials; who makes no offers asks for one. @param {boolean} [isSure] */
  restart(isSure) {
    this.soughtAt = performance.now();
    return this.next(async () => {
      if (this.of.offers) return this.again();
      await this.renew();
      this.of.say("ask", Number(isSure));
    });
  }

  async again() {
    if (this.missed > 0) return this.start();
    await this.renew();
    this.pc?.restartIce();
    await this.propose();
  }

  async renew() {
    const iceServers = await this.of.ice();
    this.pc?.setConfiguration({ iceServers, bundlePolicy: "max-bundle" });
  }

  /** @param {Kind} kind @param {MediaStreamTrack | null} track */
  replace(kind, track) {
    return this.next(async () => {
      for (const { sender, receiver } of this.places()) if (receiver.track.kind === kind) await sender.replaceTrack(track);
    });
  }

  /** Gives way on a thin line. A sender that is only still goes on sending again what was lost: an offer ends it.
   * @param {number} thin @param {Kind | ""} waits The picture before speech, or the other way round for who signs. */
  give(thin, waits) {
    [this.thin, this.waits] = [thin, waits];
    return this.next(async () => { if (this.of.offers) await this.propose(); });
  }

  close() {
    this.isClosed = true;
    this.pc?.close();
  }
}
