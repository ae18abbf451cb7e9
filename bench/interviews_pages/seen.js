// What the bench knows of a page, ours or a plain one: when frames of the others were shown, and what the browser counts.
// `how` is given by the bench before: {relay: urls of the relay for this page or nothing, isRelayed}.
(() => {
  const Real = RTCPeerConnection;
  const { relay, isRelayed } = window.how;
  const lines = (window.lines = []);
  const wanted = (how) => ({
    ...how,
    ...(isRelayed ? { iceTransportPolicy: "relay" } : {}),
    iceServers: (how?.iceServers ?? []).map((one) => (relay ? { ...one, urls: relay } : one)),
  });
  window.RTCPeerConnection = class extends Real {
    constructor(how) {
      super(wanted(how));
      lines.push(this);
    }
    setConfiguration(how) {
      super.setConfiguration(wanted(how));
    }
  };

  // When the n-th frame of each picture was shown, in milliseconds of the clock.
  const pictures = (window.pictures = new Map());
  const look = (video) => {
    const shown = pictures.get(video) ?? [];
    pictures.set(video, shown);
    const next = () => {
      shown.push(performance.timeOrigin + performance.now());
      if (shown.length > 6000) shown.splice(1, 2000);
      video.requestVideoFrameCallback(next);
    };
    video.requestVideoFrameCallback(next);
  };
  const find = () => {
    for (const one of document.querySelectorAll("video:not([muted])")) if (!pictures.has(one)) look(one);
  };
  new MutationObserver(find).observe(document, { childList: true, subtree: true });

  /** From the click that opened this page to the first frame of so many others, in milliseconds; nothing until then. */
  window.firstFrames = (others) => {
    const firsts = [...pictures.values()].filter((shown) => shown.length).map((shown) => shown[0]);
    return firsts.length >= others ? Math.max(...firsts) - performance.timeOrigin : null;
  };
  /** How many frames were shown since a moment of the clock, when the first of them was, and the longest pause around. */
  window.shownSince = (moment) => {
    let found = { frames: 0, first: null, frozen: 0 };
    for (const shown of pictures.values()) {
      const after = shown.filter((at) => at > moment);
      const times = shown.filter((at) => at > moment - 1000);
      const pauses = times.slice(1).map((at, place) => at - times[place]);
      if (after.length > found.frames) found = { frames: after.length, first: after[0], frozen: Math.max(0, ...pauses) };
    }
    return found;
  };
  /** What is counted of sound and picture that come, over the line that lives. */
  window.counted = async () => {
    const line = lines.filter((one) => one.connectionState !== "closed").at(-1);
    const found = { at: performance.now(), concealed: 0, samples: 0, frames: 0, bytes: 0, energy: 0, codec: "", limit: "", way: "" };
    if (!line) return found;
    const stats = await line.getStats();
    stats.forEach((one) => {
      if (one.type === "inbound-rtp" && one.kind === "audio") {
        found.concealed += (one.concealedSamples ?? 0) - (one.silentConcealedSamples ?? 0);
        found.samples += one.totalSamplesReceived ?? 0;
        found.energy += one.totalAudioEnergy ?? 0;
        found.codec = stats.get(one.codecId)?.mimeType ?? "";
      }
      if (one.type === "inbound-rtp" && one.kind === "video") found.frames += one.framesDecoded ?? 0;
      if (one.type === "inbound-rtp") found.bytes += one.bytesReceived ?? 0;
      if (one.type === "outbound-rtp" && one.kind === "video") found.limit = one.qualityLimitationReason ?? "";
      if (one.type === "transport" && one.selectedCandidatePairId) {
        const pair = stats.get(one.selectedCandidatePairId);
        const own = stats.get(pair?.localCandidateId);
        found.way = `${own?.candidateType}${own?.relayProtocol ? `/${own.relayProtocol}` : ""}`;
      }
    });
    return found;
  };
})();
