// @ts-check
/** One other seat: a connection straight to its browser. One of the two makes every offer, the other only asks for one.
 * Sound and picture have their places from the first offer on: what is missing, changed or muted asks for no new one. */

/** @typedef {"audio" | "video"} Kind */
/** @typedef {{audio: MediaStreamTrack | null, video: MediaStreamTrack | null}} Tracks */
/** @typedef {{offers: boolean, say: (kind: string, said: unknown) => void, ice: () => Promise<RTCIceServer[]>,
 *   tracks: () => Tracks, came: (track: MediaStreamTrack) => void, changed: (state: string) => void}} Of */

const THIN_AUDIO = 16000;
/** So long after what was last said or heard of it a new way is looked for; longer where nobody answers. */
const WAY_MS = 8000;
const ANSWER_MS = 24000;

/** Redundant sound first where the browser has it: what is lost is in the next packet. @param {RTCRtpTransceiver} one */
function prefer(one) {
  const codecs = RTCRtpReceiver.getCapabilities?.("audio")?.codecs ?? [];
  const is = (/** @type {RTCRtpCodec} */ codec) => /\/red$/i.test(codec.mimeType);
  if (codecs.some(is)) one.setCodecPreferences?.([...codecs.filter(is), ...codecs.filter((codec) => !is(codec))]);
}

export class Peer {
  /** @param {number} seat @param {number} connection @param {Of} of */
  constructor(seat, connection, of) {
    [this.seat, this.connection, this.of] = [seat, connection, of];
    // The offer that both talk about (what belongs to a former one is left aside), and the first of this connection.
    this.offer = this.first = 0;
    // Above zero, the next offer is by a connection made anew.
    this.missed = 0;
    /** @type {[number, RTCIceCandidateInit][]} */
    this.early = [];
    this.turn = Promise.resolve();
    this.isClosed = false;
    this.soughtAt = performance.now();
    /** @type {RTCPeerConnection | undefined} */
    this.pc = undefined;
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
    return this.next(() => this.of.offers ? this.start() : this.make());
  }

  async start() {
    await this.make();
    const { audio, video } = this.of.tracks();
    const pc = /** @type {RTCPeerConnection} */ (this.pc);
    prefer(pc.addTransceiver(audio ?? "audio", { direction: "sendrecv" }));
    pc.addTransceiver(video ?? "video", { direction: "sendrecv" });
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
  }

  async propose() {
    if (!this.pc) return;
    this.offer += 1;
    this.missed += 1;
    this.soughtAt = performance.now();
    await this.pc.setLocalDescription(await this.pc.createOffer());
    this.of.say("offer", [this.offer, this.pc.localDescription?.sdp, this.first]);
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
        await this.pc.setRemoteDescription({ type: "answer", sdp: said[1] });
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
    for (const one of pc.getTransceivers()) {
      const kind = /** @type {Kind} */ (one.receiver.track.kind);
      if (one.direction === "sendrecv") continue;
      one.direction = "sendrecv";
      if (kind === "audio") prefer(one);
      await one.sender.replaceTrack(this.of.tracks()[kind]);
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

  /** @param {Kind} kind */
  sender(kind) {
    return this.pc?.getTransceivers().find((one) => one.receiver.track.kind === kind)?.sender;
  }

  /** @param {Kind} kind @param {MediaStreamTrack | null} track */
  replace(kind, track) {
    return this.next(async () => { await this.sender(kind)?.replaceTrack(track); });
  }

  /** Gives way on a thin line: the picture before speech, or the other way round for who signs.
   * @param {boolean} isThin @param {boolean} isPictureFirst */
  give(isThin, isPictureFirst) {
    return this.next(async () => {
      await this.set("video", (one) => { one.active = !isThin || isPictureFirst; });
      await this.set("audio", (one) => {
        one.active = !isThin || !isPictureFirst;
        one.maxBitrate = isThin ? THIN_AUDIO : undefined;
        // Redundant sound costs as much again: not here.
        const plain = this.sender("audio")?.getParameters().codecs.find((codec) => /\/opus$/i.test(codec.mimeType));
        if (isThin && plain) /** @type {any} */ (one).codec = plain;
        else delete (/** @type {any} */ (one).codec);
      });
    });
  }

  /** @param {Kind} kind @param {(encoding: RTCRtpEncodingParameters) => void} change */
  async set(kind, change) {
    const sender = this.sender(kind);
    const said = sender?.getParameters();
    if (!sender || !said?.encodings?.length) return;
    said.encodings.forEach(change);
    for (const one of said.encodings) if (one.maxBitrate === undefined) delete one.maxBitrate;
    await sender.setParameters(said).catch(() => undefined);
  }

  close() {
    this.isClosed = true;
    this.pc?.close();
  }
}
