// @ts-check
/**
 * Permits: the service signs one a person and quarter without seeing what it signs, so that it can count a report
 * as permitted without learning whose it is. RSABSSA-SHA384-PSS-Randomized (RFC 9474), the person's side.
 *
 * How long the arithmetic takes is not constant; whoever measures that is on the device, and sees the rest too.
 */
import { below, secureBytes } from "./privacy/exact.js";

const HASH = "SHA-384";
const HASH_BYTES = 48;
const SALT_BYTES = 48;
const PREFIX_BYTES = 32;
const MOST_TRIES = 8;

/** The key, or what was signed with it, is not what it should be. */
export class BadPermit extends Error {}

/**
 * @typedef {{n: bigint, e: bigint, size: number, bits: number}} Key size in bytes
 * @typedef {(count: number) => Uint8Array} Source
 */

/** @param {Uint8Array} bytes */
export const toNumber = (bytes) => bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);

/** @param {bigint} number @param {number} size */
export function toBytes(number, size) {
  const bytes = new Uint8Array(size);
  for (let place = size - 1; place >= 0; place--, number >>= 8n) bytes[place] = Number(number & 255n);
  if (number) throw new BadPermit("too large");
  return bytes;
}

/** @param {Uint8Array} bytes */
export const toText = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** @param {string} text base64url, in its one form only */
export function fromText(text) {
  if (typeof text !== "string" || !/^[A-Za-z0-9_-]*$/.test(text)) throw new BadPermit("not base64url");
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  if (toText(bytes) !== text) throw new BadPermit("not base64url");
  return bytes;
}

/** The key of a quarter, as the terms give it.
 * @param {{n: string, e: string}} key
 * @returns {Key}
 */
export function readKey(key) {
  const n = toNumber(fromText(key.n));
  const e = toNumber(fromText(key.e));
  const bits = n.toString(2).length;
  if (bits < 2048 || bits > 4096 || bits % 8 || !(n & 1n) || e !== 65537n) throw new BadPermit("not a key for permits");
  return { n, e, bits, size: bits / 8 };
}

/** What is signed: 32 bytes that nobody can guess, then which quarter it is for.
 * @param {string} period @param {Source} source
 */
export function newMessage(period, source = secureBytes) {
  return joined(source(PREFIX_BYTES), new TextEncoder().encode(`visavis-permit-1:${period}`));
}

/** Hides a message: what the service sees of it is a number as likely for any other message.
 * @param {Key} key @param {Uint8Array} message @param {Source} source
 * @returns {Promise<{blinded: Uint8Array, inverse: Uint8Array}>} `inverse` uncovers the signature; keep it
 */
export async function blind(key, message, source = secureBytes) {
  const encoded = toNumber(await encode(message, key.bits - 1, source(SALT_BYTES)));
  if (inverted(encoded, key.n) === null) throw new BadPermit("no inverse");
  for (let tried = 0; tried < MOST_TRIES; tried++) {
    const factor = below(key.n, source);
    const inverse = inverted(factor, key.n);
    if (inverse === null) continue;
    const blinded = (encoded * power(factor, key.e, key.n)) % key.n;
    return { blinded: toBytes(blinded, key.size), inverse: toBytes(inverse, key.size) };
  }
  throw new BadPermit("no factor");
}

/** Uncovers the signature and checks it: a service that signed something else is found out before anything is sent.
 * @param {Key} key @param {Uint8Array} message @param {Uint8Array} signed @param {Uint8Array} inverse
 */
export async function uncover(key, message, signed, inverse) {
  if (signed.length !== key.size) throw new BadPermit("a signature is as long as the key");
  const signature = toBytes((toNumber(signed) * toNumber(inverse)) % key.n, key.size);
  if (!(await isSigned(key, message, signature))) throw new BadPermit("not signed with the key of this quarter");
  return signature;
}

/** Checked by the browser's own cryptography, not by the sums above.
 * @param {Key} key @param {Uint8Array} message @param {Uint8Array} signature
 */
export async function isSigned(key, message, signature) {
  const jwk = { kty: "RSA", n: toText(toBytes(key.n, key.size)), e: "AQAB" };
  const kind = { name: "RSA-PSS", hash: HASH };
  const checking = await crypto.subtle.importKey("jwk", jwk, kind, false, ["verify"]);
  return crypto.subtle.verify({ name: "RSA-PSS", saltLength: SALT_BYTES }, checking, own(signature), own(message));
}

/** EMSA-PSS (RFC 8017, 9.1.1).
 * @param {Uint8Array} message @param {number} bits @param {Uint8Array} salt
 */
async function encode(message, bits, salt) {
  const size = Math.ceil(bits / 8);
  const hash = await digest(joined(new Uint8Array(8), await digest(message), salt));
  const block = new Uint8Array(size - HASH_BYTES - 1);
  block[block.length - salt.length - 1] = 1;
  block.set(salt, block.length - salt.length);
  const mask = await stretched(hash, block.length);
  const masked = block.map((byte, place) => byte ^ mask[place]);
  masked[0] &= 255 >> (8 * size - bits);
  return joined(masked, hash, Uint8Array.of(0xbc));
}

/** MGF1 (RFC 8017, B.2.1).
 * @param {Uint8Array} seed @param {number} size
 */
async function stretched(seed, size) {
  const parts = [];
  for (let counter = 0; counter * HASH_BYTES < size; counter++) {
    parts.push(await digest(joined(seed, toBytes(BigInt(counter), 4))));
  }
  return joined(...parts).slice(0, size);
}

/** @param {Uint8Array} bytes */
const digest = async (bytes) => new Uint8Array(await crypto.subtle.digest(HASH, own(bytes)));

/** @param {Uint8Array} bytes @returns {Uint8Array<ArrayBuffer>} */
const own = (bytes) => new Uint8Array(bytes);

/** @param {...Uint8Array} parts */
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** @param {bigint} base @param {bigint} exponent @param {bigint} modulus */
function power(base, exponent, modulus) {
  let result = 1n;
  for (let square = base; exponent; exponent >>= 1n, square = (square * square) % modulus) {
    if (exponent & 1n) result = (result * square) % modulus;
  }
  return result;
}

/** The inverse (Euclid), or null for the number that has none.
 * @param {bigint} number @param {bigint} modulus
 */
function inverted(number, modulus) {
  let [rest, next, found, after] = [modulus, number, 0n, 1n];
  while (next) {
    const times = rest / next;
    [rest, next, found, after] = [next, rest - times * next, after, found - times * after];
  }
  return rest === 1n ? ((found % modulus) + modulus) % modulus : null;
}
