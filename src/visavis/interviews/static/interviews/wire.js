// @ts-check
/** What the pages of a room say to each other through the house: posts up, one after the other; numbered rows down.
 * It is sealed here and opened there, by a key that rests nowhere. */

/** @typedef {{n: number, name: string, state: string, c: number}} Other */
/** @typedef {{n: number, c: number, in: boolean, state: string, others: Other[], key?: string, topic?: string,
 *   after?: number, live?: string, servers?: RTCIceServer[]}} Room */

const WAITS_MS = 8000;
const MOST_AT_ONCE = 20;
const LONGEST_WAIT_MS = 4000;
/** What the house answers to a page that counts no more. @type {Record<number, string>} */
const GONE = { 404: "out", 410: "ended", 412: "moved" };

/** @param {number} ms */
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
/** @param {string} text */
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

export class Wire {
  isOver = false;
  number = 0;
  connection = 0;
  seat = 0;
  waiting = /** @type {{to: number, t: number, k: string, d: string}[]} */ ([]);
  isSending = false;
  key = /** @type {CryptoKey | undefined} */ (undefined);

  /** @param {string} base The address of the seat. @param {string} token @param {(why: string) => void} gone */
  constructor(base, token, gone) {
    [this.base, this.token, this.gone] = [base, token, gone];
  }

  /** What the house answers: null where it refuses, undefined where it is away. @param {string} what
   * @param {RequestInit} [more] @returns {Promise<any>} */
  async fetch(what, more) {
    const headers = { "X-CSRFToken": this.token, "X-Visavis-Fragment": "1" };
    try {
      const answer = await fetch(`${this.base}${what}`, { signal: AbortSignal.timeout(WAITS_MS), headers, ...more });
      if (GONE[answer.status]) this.end(GONE[answer.status]);
      if (answer.status < 429) return answer.ok ? JSON.parse((await answer.text()) || "null") : null;
    } catch { }
    return undefined;
  }

  /** @param {string} why */
  end(why) {
    if (!this.isOver) this.gone(why);
    this.isOver = true;
  }

  /** Becomes the page that counts; tries until the network is there. @returns {Promise<Room | undefined>} */
  async connect() {
    for (let wait = 500; !this.isOver; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      const room = await this.fetch("connect/", { method: "POST" });
      if (!room) {
        await sleep(wait);
        continue;
      }
      [this.seat, this.connection] = [room.n, room.c];
      if (room.key) this.key = await crypto.subtle.importKey("raw", bytes(room.key), "AES-GCM", false, ["encrypt", "decrypt"]);
      return room;
    }
    return undefined;
  }

  /** Says to a page of another seat what only that one reads. @param {number} to @param {number} connection
   * @param {string} kind @param {unknown} said */
  async send(to, connection, kind, said) {
    if (!this.key || this.isOver) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(said));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: this.place(kind, this.seat, to) }, this.key, plain);
    const whole = new Uint8Array([...iv, ...new Uint8Array(sealed)]);
    this.waiting.push({ to, t: connection, k: kind, d: btoa(String.fromCharCode(...whole)) });
    if (!this.isSending) await this.flush();
  }

  /** Posts may overtake each other: one at a time, what comes meanwhile together, again until it is answered. */
  async flush() {
    this.isSending = true;
    for (let wait = 300; this.waiting.length && !this.isOver;) {
      const said = this.waiting.slice(0, MOST_AT_ONCE);
      const body = JSON.stringify({ c: this.connection, n: this.number, m: said });
      if ((await this.fetch("post/", { method: "POST", body })) === undefined) {
        await sleep(wait);
        wait = Math.min(2 * wait, LONGEST_WAIT_MS);
      } else {
        this.number += said.length;
        this.waiting.splice(0, said.length);
        wait = 300;
      }
    }
    this.isSending = false;
  }

  /** @param {{k: string, f: number, d: string}} told @returns {Promise<any>} */
  async open(told) {
    if (!this.key) throw new Error("nobody is let in yet");
    const whole = bytes(told.d);
    const how = { name: "AES-GCM", iv: whole.slice(0, 12), additionalData: this.place(told.k, told.f, this.seat) };
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, this.key, whole.slice(12))));
  }

  /** @param {string} kind @param {number} from @param {number} to */
  place(kind, from, to) {
    return new TextEncoder().encode(`${kind}.${from}.${to}`);
  }

  /** Says that this page is there, and learns who else is. */
  sign() {
    return this.fetch("sign/", { method: "POST", body: new URLSearchParams({ c: String(this.connection) }) });
  }

  /** Says that this page goes, as it goes, and how its line was. @param {Record<string, any>} line */
  bye(line) {
    const said = new URLSearchParams({ ...line, c: String(this.connection), bye: "1", csrfmiddlewaretoken: this.token });
    if (this.connection) navigator.sendBeacon(`${this.base}sign/`, said);
  }
}
