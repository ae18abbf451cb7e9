// @ts-check
/** What the companion may ask of the site's window, and what the window asks of the service. No document here. */

const EXTENSIONS = ["chrome-extension://", "moz-extension://"];
const PLAIN = /^[A-Za-z0-9_.:-]{1,60}$/;
const BASE64URL = /^[A-Za-z0-9_-]{1,1400}$/;
const MOST = 40;

/**
 * @typedef {{ask: "file", interests: string[]} | {ask: "permit", blinded: string, period: string}
 *   | {ask: "shortlist"}} Ask
 * @typedef {{ok: boolean, data: any, isSignedOut: boolean}} Answer
 */

/** Says whether an origin is a browser's extension, and nothing on the web. @param {string} origin */
export function isExtension(origin) {
  return EXTENSIONS.some((start) => origin.startsWith(start));
}

/** Takes only what is well formed out of a message. @param {unknown} data @returns {Ask | null} */
export function readAsk(data) {
  const said = /** @type {any} */ (data);
  if (!said || typeof said !== "object" || said.visavis !== 1) return null;
  if (said.ask === "shortlist") return { ask: "shortlist" };
  if (said.ask === "permit" && matches(said.blinded, BASE64URL) && matches(said.period, PLAIN)) {
    return { ask: "permit", blinded: said.blinded, period: said.period };
  }
  if (said.ask === "file" && Array.isArray(said.interests)) {
    const interests = said.interests.filter((/** @type {unknown} */ one) => matches(one, PLAIN));
    return { ask: "file", interests: [...new Set(interests)].slice(0, MOST) };
  }
  return null;
}

/** @param {unknown} text @param {RegExp} form */
function matches(text, form) {
  return typeof text === "string" && form.test(text);
}

/** Asks the service, for whoever is signed in. A redirection is the door: nobody is.
 * @param {string} address @param {{body?: object, token?: string}} [sent] @returns {Promise<Answer>} */
export async function ask(address, { body, token = "" } = {}) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const sent = body ? { method: "POST", body: JSON.stringify(body), headers } : {};
  const reply = await fetch(address, { ...sent, redirect: "manual", credentials: "same-origin" });
  const isJson = (reply.headers.get("Content-Type") ?? "").startsWith("application/json");
  const isSignedOut = reply.type === "opaqueredirect";
  return { ok: reply.ok && isJson, data: isJson ? await reply.json() : {}, isSignedOut };
}
