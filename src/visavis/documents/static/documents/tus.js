// @ts-check
/** tus 1.0 from the client's side: one file, in parts as large as the network bears. Never touches the document. */

const VERSION = { "Tus-Resumable": "1.0.0" };
const BODY = "application/offset+octet-stream";
const [SMALLEST, FIRST, LARGEST] = [1 << 15, 1 << 17, 1 << 21];
/** A part that takes longer than this was too large; one that takes much longer is given up. */
const SLOW_MS = 8000, GIVEN_UP_MS = 60000, LONGEST_WAIT_MS = 30000;

/** @typedef {{url: string, token: string}} Where */
/** @typedef {{came: (bytes: number) => void, waits: () => void, goesOn: () => void}} Told */

/** The server will not take it: asking again would not help. The status is 0 for who was signed out. */
export class Stopped extends Error {
  /** @param {number} status @param {string} words */
  constructor(status, words) {
    super(String(status));
    [this.status, this.words] = [status, words];
  }
}

/** @param {number} ms */
const rest = (ms) => new Promise((done) => {
  const timer = setTimeout(go, ms);
  function go() {
    clearTimeout(timer);
    removeEventListener("online", go);
    done(undefined);
  }
  addEventListener("online", go);
});

/** What a file comes to, by which the server knows it again; nothing where the browser cannot say.
 * @param {File} file */
async function digest(file) {
  if (!globalThis.crypto?.subtle) return "";
  const sum = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(sum)));
}

/** Send a file until it is whole, and return its address. Throws Stopped.
 * @param {File} file @param {Where} where @param {Told} told @returns {Promise<string>} */
export async function send(file, where, told) {
  const sum = await digest(file);
  let [address, offset, part, failures] = ["", -1, FIRST, 0];

  /** @param {string} method @param {string} url @param {Record<string, string>} headers @param {Blob} [body] */
  async function ask(method, url, headers, body) {
    const sent = { method, body, headers: { ...VERSION, "X-CSRFToken": where.token, ...headers } };
    return fetch(url, { ...sent, redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout(GIVEN_UP_MS) });
  }

  function begin() {
    const said = sum ? { "Upload-Metadata": `sha256 ${sum}` } : {};
    return ask("POST", where.url, { ...said, "Upload-Length": String(file.size) });
  }

  function add() {
    const headers = { "Upload-Offset": String(offset), "Content-Type": BODY };
    return ask("PATCH", address, headers, file.slice(offset, offset + part));
  }

  async function step() {
    if (!address) return begin();
    return offset < 0 ? ask("HEAD", address, {}) : add();
  }

  while (!address || offset < file.size) {
    const began = performance.now();
    /** @type {Response} */
    let answer;
    try {
      answer = await step();
      if (answer.status >= 500 && answer.status !== 507) throw new Error(String(answer.status));
    } catch {
      failures += 1;
      part = Math.max(SMALLEST, part / 2);
      offset = -1;
      told.waits();
      await rest(Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(failures, 5)));
      continue;
    }
    if (answer.type === "opaqueredirect") throw new Stopped(0, "");
    if (address && (answer.status === 404 || answer.status === 410) && failures < 20) {
      failures += 1;
      [address, offset] = ["", -1];
      continue;
    }
    if (!answer.ok && answer.status !== 409) throw new Stopped(answer.status, await answer.text());
    // Of the server's address only the path: behind a proxy it may know itself by another name.
    if (!address) address = new URL(answer.headers.get("Location") ?? "", location.href).pathname;
    else if (offset >= 0 && answer.ok) {
      const took = performance.now() - began;
      part = took < SLOW_MS / 4 ? Math.min(LARGEST, part * 2) : took > SLOW_MS ? Math.max(SMALLEST, part / 2) : part;
    }
    offset = Number(answer.headers.get("Upload-Offset") ?? -1);
    failures = 0;
    told.goesOn();
    told.came(Math.max(offset, 0));
  }
  return address;
}
