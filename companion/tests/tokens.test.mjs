import assert from "node:assert/strict";
import { generateKeyPairSync, constants, createVerify, privateDecrypt } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as tokens from "../src/tokens.js";

const vector = JSON.parse(readFileSync(new URL("../../tests/vectors/blind_rsa.json", import.meta.url), "utf8"));
const bytes = (hex) => Uint8Array.from(hex.match(/../g), (two) => parseInt(two, 16));
const hex = (some) => Buffer.from(some).toString("hex");

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const jwk = publicKey.export({ format: "jwk" });
const own = tokens.readKey(jwk);

/** What the service does: raise to the power of its secret. */
const sign = (blinded) =>
  new Uint8Array(privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, blinded));

/** OpenSSL's word on it. */
const isRight = (message, signature) =>
  createVerify("sha384")
    .update(message)
    .verify({ key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }, signature);

/** A source that gives what it is told, in order. */
const telling = (...parts) => (count) => {
  const part = parts.shift();
  assert.equal(part.length, count);
  return part;
};

test("blinding and uncovering give the published vector", async () => {
  const key = tokens.readKey({ n: tokens.toText(bytes(vector.n)), e: "AQAB" });
  // The vector names the inverse; the factor is the inverse of that.
  const factor = inverseOf(BigInt(`0x${vector.inv}`), key.n);
  const source = telling(bytes(vector.salt), tokens.toBytes(factor, key.size));
  const { blinded, inverse } = await tokens.blind(key, bytes(vector.msg), source);
  assert.equal(hex(blinded), vector.blinded);
  assert.equal(hex(inverse), vector.inv);
  const signature = await tokens.uncover(key, bytes(vector.msg), bytes(vector.blindSignature), inverse);
  assert.equal(hex(signature), vector.signature);
});

test("what is uncovered verifies with OpenSSL, and the service saw neither it nor the message", async () => {
  const message = tokens.newMessage("2026-4");
  const { blinded, inverse } = await tokens.blind(own, message);
  const signed = sign(blinded);
  const signature = await tokens.uncover(own, message, signed, inverse);
  assert.ok(isRight(message, signature));
  assert.notEqual(hex(signed), hex(signature));
  assert.ok(!hex(blinded).includes(hex(message)));
});

test("a message is 32 bytes by chance and the quarter", () => {
  const message = tokens.newMessage("2026-4");
  assert.equal(Buffer.from(message.slice(32)).toString(), "visavis-permit-1:2026-4");
  assert.notEqual(hex(message), hex(tokens.newMessage("2026-4")));
});

test("the same message is blinded differently each time", async () => {
  const message = tokens.newMessage("2026-4");
  const [one, other] = [await tokens.blind(own, message), await tokens.blind(own, message)];
  assert.notEqual(hex(one.blinded), hex(other.blinded));
});

test("a signature of anything else, or by another key, is refused before it is used", async () => {
  const message = tokens.newMessage("2026-4");
  const { blinded, inverse } = await tokens.blind(own, message);
  const other = await tokens.blind(own, tokens.newMessage("2026-4"));
  for (const wrong of [sign(other.blinded), blinded, new Uint8Array(own.size), new Uint8Array(10)]) {
    await assert.rejects(tokens.uncover(own, message, wrong, inverse), tokens.BadPermit);
  }
});

test("a weak or odd key is refused", () => {
  const short = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ format: "jwk" });
  const small = generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 3 }).publicKey;
  const even = tokens.toText(tokens.toBytes(own.n - 1n, own.size));
  for (const key of [short, small.export({ format: "jwk" }), { n: even, e: "AQAB" }, { n: "a b", e: "AQAB" }]) {
    assert.throws(() => tokens.readKey(key), tokens.BadPermit);
  }
});

test("base64url is read in its one form only", () => {
  assert.deepEqual([...tokens.fromText("AQAB")], [1, 0, 1]);
  for (const text of ["AQ==", "AR", "A+/A", "A", null]) assert.throws(() => tokens.fromText(text));
});

function inverseOf(number, modulus) {
  let [rest, next, found, after] = [modulus, number, 0n, 1n];
  while (next) {
    const times = rest / next;
    [rest, next, found, after] = [next, rest - times * next, after, found - times * after];
  }
  return ((found % modulus) + modulus) % modulus;
}
