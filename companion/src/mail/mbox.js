/**
 * An mbox, message by message, from a stream: only one message is ever held, and at most `MOST` bytes of it.
 *
 * A message starts at a line "From …" at the start of the file or after an empty line, when it ends in a year or a
 * field of a head follows: a sentence that starts with "From" does not cut a message in two, quoted or not.
 */

/** What is read of one message; text comes first, the rest is attachments. */
export const MOST = 1 << 20;
/** A longer line than that is taken in pieces. */
const LONGEST_LINE = 1 << 16;

const NEWLINE = 10;
const QUOTE = 62;
const FROM = Uint8Array.from("From ", (letter) => letter.charCodeAt(0));
const YEAR = /\b(19|20)\d\d(?: [+-]\d{4})?\s*$/;
const FIELD = /^(?:>?From |[!-9;-~]+[ \t]*:)/;

/** Do the bytes say "From " there? */
export function saysFrom(line, at = 0) {
  return FROM.every((byte, index) => line[at + index] === byte);
}

const isEmpty = (line) => line.length === 0 || line[0] === NEWLINE || (line[0] === 13 && line[1] === NEWLINE);

/** A line's bytes as letters, one a byte: enough to see a year or the name of a field. */
const letters = (line) => String.fromCharCode(...line.subarray(0, 300));

/** mboxrd: one ">" was put before "From " or ">From ", take it away. */
function unquoted(line) {
  let quotes = 0;
  while (line[quotes] === QUOTE) quotes += 1;
  return quotes && saysFrom(line, quotes) ? line.subarray(1) : line;
}

/**
 * Lines with their ends; a longer one comes in pieces.
 * @param {AsyncIterable<Uint8Array>} chunks
 */
async function* lines(chunks) {
  let rest = new Uint8Array(0);
  let starts = true;
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (rest.length) {
      bytes = new Uint8Array(rest.length + chunk.length);
      bytes.set(rest);
      bytes.set(chunk, rest.length);
    }
    const batch = [];
    let from = 0;
    for (;;) {
      const end = bytes.indexOf(NEWLINE, from);
      const whole = end >= 0;
      if (!whole && bytes.length - from < LONGEST_LINE) break;
      const to = whole ? end + 1 : bytes.length;
      batch.push({ line: bytes.subarray(from, to), starts });
      starts = whole;
      from = to;
    }
    rest = bytes.slice(from);
    yield { batch, length: chunk.length };
  }
  yield { batch: rest.length ? [{ line: rest, starts }] : [], length: 0 };
}

/** Gathers the lines of one message, up to MOST bytes. */
class Message {
  room = new Uint8Array(1 << 14);
  length = 0;
  isWhole = true;

  add(line) {
    const length = this.length + line.length;
    if (length > MOST) this.isWhole = false;
    if (!this.isWhole) return;
    if (length > this.room.length) {
      const wider = new Uint8Array(Math.max(length, this.room.length * 2));
      wider.set(this.room);
      this.room = wider;
    }
    this.room.set(line, this.length);
    this.length = length;
  }

  get bytes() {
    return this.room.subarray(0, this.length);
  }
}

/**
 * The messages of an mbox, and how far it was read.
 * @param {AsyncIterable<Uint8Array>} chunks
 * @returns {AsyncGenerator<{bytes: Uint8Array, isWhole: boolean, read: number, endsLine: boolean}>}
 *   `isWhole`: nothing was left off; `read`: bytes of the file so far; `endsLine`: its last line was ended
 */
export async function* messages(chunks) {
  let message = null;
  let opening = null;
  let afterEmpty = true;
  let read = 0;
  let endsLine = true;
  const told = () => ({ bytes: message.bytes, isWhole: message.isWhole, read, endsLine });
  for await (const { batch, length } of lines(chunks)) {
    for (const { line, starts } of batch) {
      endsLine = line[line.length - 1] === NEWLINE;
      if (opening) {
        const isCut = YEAR.test(letters(opening)) || FIELD.test(letters(line));
        if (isCut) {
          if (message) yield told();
          message = new Message();
        } else message?.add(opening);
        opening = null;
        afterEmpty = false;
      }
      if (starts && afterEmpty && saysFrom(line)) opening = line.slice();
      else message?.add(starts ? unquoted(line) : line);
      afterEmpty = starts ? isEmpty(line) : false;
    }
    read += length;
  }
  if (message) yield told();
}
