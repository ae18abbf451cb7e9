/**
 * A dropped file, read on this device: an mbox, one message (.eml), or a zip of these. What comes out is a number of messages
 * for each interest and skill; no word, name, date or address.
 */
import { isMail, letter } from "./eml.js";
import { messages, MOST, saysFrom } from "./mbox.js";
import { Unreadable } from "./unreadable.js";
import { told } from "./words.js";
import { entries, open, pieces } from "./zip.js";

export { Unreadable } from "./unreadable.js";
export { prepared } from "./words.js";

/** How long the page may stand still, in milliseconds. */
const BREATH_MS = 40;

/**
 * @typedef {object} Reading
 * @property {Map<number, number>} items messages for each interest, once a message
 * @property {Map<string, number>} skills messages for each skill
 * @property {number} messages read
 * @property {number} locked encrypted messages, not read
 * @property {number} broken messages that could not be read
 * @property {Set<string>} troubles why a part of the file was not read (see `Unreadable`)
 *
 * @typedef {{messages: number, about: number, part: number}} Progress `about`: messages to expect, from what was read
 * @typedef {{onProgress?: (progress: Progress) => void, signal?: AbortSignal, language?: string}} Options
 */

/** @returns {Reading} */
export const nothing = () => ({
  items: new Map(),
  skills: new Map(),
  messages: 0,
  locked: 0,
  broken: 0,
  troubles: new Set(),
});

const addTo = (counts, keys) => {
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** Count one text. */
export function note(reading, text, lexicon, language) {
  const found = told(text, lexicon, language);
  addTo(reading.items, found.items);
  addTo(reading.skills, found.skills);
  reading.messages += 1;
}

/** Add what was found in another file. */
export function merge(all, more) {
  for (const kind of ["items", "skills"]) {
    for (const [key, count] of more[kind]) all[kind].set(key, (all[kind].get(key) ?? 0) + count);
  }
  for (const kind of ["messages", "locked", "broken"]) all[kind] += more[kind];
  for (const why of more.troubles) all.troubles.add(why);
}

const SIGNS = [
  { why: "zip", bytes: [0x50, 0x4b] },
  { why: "outlook", bytes: [0x21, 0x42, 0x44, 0x4e] },
  { why: "outlook", bytes: [0xd0, 0xcf, 0x11, 0xe0] },
];

/** What kind of file it is, from its first bytes. */
function kindOf(start) {
  const sign = SIGNS.find(({ bytes }) => bytes.every((byte, at) => start[at] === byte));
  if (sign) return sign.why;
  if (saysFrom(start)) return "mbox";
  return isMail(start) ? "eml" : "not_mail";
}

const startOf = async (blob) => new Uint8Array(await blob.slice(0, 1 << 16).arrayBuffer());

/** Reads letters into one `reading`, tells how far it is, and stops when asked. */
class Reader {
  reading = nothing();
  done = 0;
  breath = performance.now();

  constructor(lexicon, total, { onProgress = () => undefined, signal, language = "fr" }) {
    Object.assign(this, { lexicon, total, onProgress, signal, language });
  }

  tell(read) {
    const part = this.total ? Math.min(1, (this.done + read) / this.total) : 1;
    const seen = this.reading.messages + this.reading.locked + this.reading.broken;
    this.onProgress({ messages: seen, about: part ? Math.max(seen, Math.round(seen / part)) : seen, part });
  }

  async breathe(read) {
    this.signal?.throwIfAborted();
    if (performance.now() - this.breath < BREATH_MS) return;
    this.tell(read);
    await new Promise((resolve) => setTimeout(resolve));
    this.signal?.throwIfAborted();
    this.breath = performance.now();
  }

  /** @returns {Promise<boolean>} was it cut short? */
  async one(bytes) {
    const { text, isLocked, isBroken, isCut } = await letter(bytes);
    if (isLocked) this.reading.locked += 1;
    else if (isBroken) this.reading.broken += 1;
    else note(this.reading, text, this.lexicon, this.language);
    return isCut;
  }

  async mbox(chunks) {
    let isCut = false;
    let count = 0;
    for await (const { bytes, isWhole, read, endsLine } of messages(chunks)) {
      isCut = ((await this.one(bytes)) && isWhole) || !endsLine;
      count += 1;
      await this.breathe(read);
    }
    if (isCut) this.reading.troubles.add("truncated");
    return count;
  }

  async eml(blob) {
    const bytes = new Uint8Array(await blob.slice(0, MOST).arrayBuffer());
    if ((await this.one(bytes)) && blob.size <= MOST) this.reading.troubles.add("truncated");
    await this.breathe(blob.size);
  }

  async entry(blob, entry) {
    if (/\.eml$/i.test(entry.name)) {
      const kept = [];
      let length = 0;
      for await (const chunk of open(blob, entry)) {
        if (length < MOST) kept.push(chunk);
        length += chunk.length;
        await this.breathe(length);
      }
      await this.eml(new Blob(kept));
    } else if (!(await this.mbox(open(blob, entry))) && entry.size) throw new Unreadable("not_mail");
  }

  async zip(blob, letters) {
    for (const entry of letters) {
      try {
        await this.entry(blob, entry);
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        this.reading.troubles.add(error.why);
      }
      this.done += entry.size;
    }
  }
}

/**
 * Read a file. What was read before a trouble is kept, and the trouble told in `troubles`.
 * @param {Blob} file
 * @param {import("./words.js").Lexicon} lexicon
 * @param {Options} [options]
 * @returns {Promise<Reading>}
 * @throws {Unreadable} when nothing in it could be read
 */
export async function read(file, lexicon, options = {}) {
  const kind = kindOf(await startOf(file));
  if (kind === "not_mail" || kind === "outlook") throw new Unreadable(kind);
  const letters = kind === "zip" ? await entries(file) : [];
  if (kind === "zip" && !letters.length) throw new Unreadable("no_letters");
  const total = kind === "zip" ? letters.reduce((sum, { size }) => sum + size, 0) : file.size;
  const reader = new Reader(lexicon, total, options);
  if (kind === "zip") await reader.zip(file, letters);
  else if (kind === "mbox") await reader.mbox(pieces(file.stream()));
  else await reader.eml(file);
  const { reading } = reader;
  if (!reading.messages && !reading.locked && !reading.broken && reading.troubles.size) {
    throw new Unreadable([...reading.troubles][0]);
  }
  reader.done = total;
  reader.tell(0);
  return reading;
}
