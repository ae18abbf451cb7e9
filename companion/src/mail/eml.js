/**
 * The text of one message. Of its head only `Content-Type`, `-Transfer-Encoding` and `-Disposition` are read: the other
 * lines are dropped before anything looks at them, so a sender, a subject or an address cannot come out.
 */
import PostalMime from "../../vendor/postal-mime/postal-mime.js";
import { textOf } from "./html.js";
import { ownWords } from "./own.js";

const NEWLINE = 10;
const HEAD_MOST = 1 << 18;
/** Twice what a message of MOST bytes has; the parser is slow with a million empty lines. */
const MOST_LINES = 30_000;
const READ = /^content-(?:type|transfer-encoding|disposition):/i;
const OF_MAIL = /^(?:return-path|received|from|to|date|subject|message-id|mime-version|content-type)[ \t]*:/im;
const LOCKED = /^content-type[ \t]*:[ \t]*(?:multipart\/encrypted|application\/(?:x-)?pkcs7-mime)/im;
const BOUNDARY = /^content-type[ \t]*:[ \t]*multipart\/[^;]+;[^]*?boundary[ \t]*=[ \t]*(?:"([^"]+)"|([^\s;]+))/im;

/** Attached messages and files stay closed. */
const HOW = { forceRfc822Attachments: true, maxNestingDepth: 50, maxHeadersSize: HEAD_MOST };

/** Where the body starts, or the end when there is none. */
function bodyStart(bytes) {
  for (let at = 0; ; ) {
    const end = bytes.indexOf(NEWLINE, at);
    if (end < 0) return bytes.length;
    if (end === at || (end === at + 1 && bytes[at] === 13)) return end + 1;
    at = end + 1;
  }
}

/** The first lines of a body. */
function firstLines(body) {
  let at = -1;
  for (let count = 0; count < MOST_LINES; count += 1) {
    at = body.indexOf(NEWLINE, at + 1);
    if (at < 0) return body;
  }
  return body.subarray(0, at + 1);
}

/** A head's bytes as letters, one a byte. */
const letters = (bytes) => new TextDecoder("latin1").decode(bytes.subarray(0, HEAD_MOST));

/** The lines that say how the body is written, and nothing else. */
function contentLines(head) {
  let isKept = false;
  const kept = head.split(/\r?\n/).filter((line) => {
    if (!/^[ \t]/.test(line)) isKept = READ.test(line);
    return isKept && line;
  });
  return kept.map((line) => `${line}\r\n`).join("");
}

/** Do these bytes start like a message? Only the names of the fields are looked at. */
export function isMail(bytes) {
  const head = letters(bytes.subarray(0, bodyStart(bytes)));
  return /^[!-9;-~]+[ \t]*:/.test(head) && OF_MAIL.test(head);
}

/** Was the end of the message lost? A message of several parts says where it ends. */
function isCut(head, bytes) {
  const found = BOUNDARY.exec(head);
  if (!found) return false;
  const tail = new TextDecoder("latin1").decode(bytes.subarray(Math.max(0, bytes.length - 65_536)));
  return !tail.includes(`--${found[1] ?? found[2]}--`);
}

/**
 * @typedef {object} Letter
 * @property {string} text her own words in it; nothing when it could not be read
 * @property {boolean} isLocked it is encrypted
 * @property {boolean} isCut its end is missing
 * @property {boolean} isBroken it is written in no way that a mail program writes
 */

/**
 * @param {Uint8Array} bytes a message
 * @returns {Promise<Letter>}
 */
export async function letter(bytes) {
  const start = bodyStart(bytes);
  const head = contentLines(letters(bytes.subarray(0, start)));
  const told = { text: "", isLocked: LOCKED.test(head), isCut: isCut(head, bytes), isBroken: false };
  if (told.isLocked) return told;
  const written = Uint8Array.from(`${head}\r\n`, (one) => one.charCodeAt(0));
  const body = firstLines(bytes.subarray(start));
  const message = new Uint8Array(written.length + body.length);
  message.set(written);
  message.set(body, written.length);
  try {
    const { text, html } = await PostalMime.parse(message, HOW);
    told.text = ownWords(text?.trim() ? text : textOf(html ?? ""));
  } catch {
    told.isBroken = true;
  }
  return told;
}
