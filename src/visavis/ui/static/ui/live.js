// @ts-check
/**
 * Hears what changes, for every `data-visavis-live` of the page: its topic, its address and the number that it knows.
 * One tab of a browser holds the stream and tells the others, since a browser has six lines to a site and no more.
 * What is told is an event of the document, "visavis:told"; `refresh.js` then asks again at once. It starts first:
 * another tab may tell this one in the moment in which it begins.
 */

/** @typedef {{topic: string, id: number, body: unknown}} Told */
/** @typedef {{tab: string, topics: string[], after: number, gone?: boolean}} Wish */

const tab = crypto.randomUUID?.() ?? String(performance.now());
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("visavis-live") : undefined;
const MOST_WAIT_MS = 30000;
/** @type {Map<string, Wish>} */
const wishes = new Map();
/** @type {Wish} */
const mine = { tab, topics: [], after: 0 };
let url = "";
let leads = false;
let last = 0;
let wait = 500;
/** @type {EventSource | undefined} */
let stream;
let soon = 0;
let begun = false;

/** @param {HTMLElement} element */
export function start(element) {
  const topic = element.dataset.visavisLive ?? "";
  if (!topic) return;
  const first = !begun;
  const after = Number(element.dataset.visavisLiveAfter ?? 0);
  mine.after = first ? after : Math.min(mine.after, after);
  if (!mine.topics.includes(topic)) mine.topics.push(topic);
  url = element.dataset.visavisLiveUrl ?? "/live/";
  if (first) begin();
  else wish(mine);
}

/** Hears a topic no more: one that is for this page no longer would close the stream of the whole browser.
 * @param {string} topic */
export function stop(topic) {
  mine.topics = mine.topics.filter((one) => one !== topic);
  wish(mine);
}

function begin() {
  begun = true;
  if (tabs && navigator.locks) {
    tabs.onmessage = ({ data }) => hear(data);
    navigator.locks.request("visavis-live", () => new Promise(() => lead()));
  } else lead();
  addEventListener("pagehide", () => wish({ ...mine, gone: true }));
  addEventListener("pageshow", (event) => event.persisted && wish(mine));
  wish(mine);
}

/** @param {any} data */
function hear(data) {
  if (data.leader) wish(mine);
  else if (data.reset) location.reload();
  else if (data.tab) leads && take(data);
  else tell(data);
}

function lead() {
  leads = true;
  take(mine);
  tabs?.postMessage({ leader: tab });
}

/** @param {Wish} one */
function wish(one) {
  if (leads) take(one);
  else tabs?.postMessage(one);
}

const topics = () => [...new Set([...wishes.values()].flatMap((one) => one.topics))].sort().join();

/** @param {Wish} one */
function take(one) {
  const before = topics();
  if (one.gone) wishes.delete(one.tab);
  else wishes.set(one.tab, { ...one, topics: [...one.topics] });
  // What is wished for together opens one stream anew; the first is opened at once.
  if (!one.gone && (topics() !== before || !stream || one.after < last)) later(one.after, stream ? 30 : 0);
}

/** @param {number} after @param {number} ms */
function later(after, ms) {
  last = last ? Math.min(last, after) : after;
  clearTimeout(soon);
  soon = setTimeout(open, ms);
}

function open() {
  stream?.close();
  if (!topics()) return;
  stream = new EventSource(`${url}?topics=${encodeURIComponent(topics())}&after=${last}`, { withCredentials: true });
  stream.onmessage = (event) => {
    wait = 500;
    last = Number(event.lastEventId);
    const told = { id: last, ...JSON.parse(event.data) };
    tabs?.postMessage(told);
    tell(told);
  };
  stream.addEventListener("reset", () => {
    tabs?.postMessage({ reset: true });
    location.reload();
  });
  stream.onerror = () => {
    // Where the answer was no stream the browser gives up; we come back, more and more slowly.
    if (stream?.readyState === EventSource.CLOSED) later(last, (wait = Math.min(2 * wait, MOST_WAIT_MS)) * Math.random());
  };
}

/** @param {Told} told */
function tell(told) {
  if (!mine.topics.includes(told.topic) || told.id <= mine.after) return;
  mine.after = told.id;
  document.dispatchEvent(new CustomEvent("visavis:told", { detail: told }));
}
