/**
 * The letters of a zip: its list is read at the end of the file, each entry as a stream. The browser itself inflates.
 * zip64 is understood; encrypted entries, entries that overlap and entries that swell too much are refused.
 */
import { Unreadable } from "./unreadable.js";

const MOST_ENTRIES = 100_000;
const MOST_LIST_BYTES = 64 << 20;
/** Mail shrinks three to ten times, a quotation of a quotation perhaps fifty. */
const MOST_SWELLING = 200;
const SMALL_BYTES = 8 << 20;

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const ALL_ONES = 0xffffffff;

const LETTERS = /(?:\.mbox|\.eml|\.mbox\/mbox)$/i;
const NOT_LETTERS = /(?:^|\/)(?:__MACOSX\/|\._)/;

/** @param {Blob} blob */
async function view(blob, from, to) {
  return new DataView(await blob.slice(from, to).arrayBuffer());
}

const number64 = (data, at) => Number(data.getBigUint64(at, true));

/** Where the list of entries stands. */
async function list(blob) {
  const from = Math.max(0, blob.size - 65_557);
  const tail = await view(blob, from, blob.size);
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== END) at -= 1;
  if (at < 0) throw new Unreadable("truncated");
  const place = { size: tail.getUint32(at + 12, true), start: tail.getUint32(at + 16, true) };
  const locator = at - 20;
  if (locator >= 0 && tail.getUint32(locator, true) === LOCATOR_64) {
    const start = number64(tail, locator + 8);
    const end = await view(blob, start, start + 56);
    if (end.byteLength < 56 || end.getUint32(0, true) !== END_64) throw new Unreadable("truncated");
    Object.assign(place, { size: number64(end, 40), start: number64(end, 48) });
  }
  if (place.start + place.size > blob.size) throw new Unreadable("truncated");
  if (place.size > MOST_LIST_BYTES) throw new Unreadable("too_large");
  return place;
}

/** The numbers too large for 32 bits stand in a field of their own, in this order. */
function widen(entry, data, from, to) {
  for (let at = from; at + 4 <= to; at += 4 + data.getUint16(at + 2, true)) {
    if (data.getUint16(at, true) !== 1) continue;
    let field = at + 4;
    for (const name of ["size", "packed", "start"]) {
      if (entry[name] !== ALL_ONES) continue;
      if (field + 8 > to) throw new Unreadable("damaged");
      entry[name] = number64(data, field);
      field += 8;
    }
  }
}

/**
 * The letters in a zip.
 * @param {Blob} blob
 * @returns {Promise<{name: string, method: number, isLocked: boolean, packed: number, size: number, start: number}[]>}
 */
export async function entries(blob) {
  const place = await list(blob);
  const data = await view(blob, place.start, place.start + place.size);
  const found = [];
  let count = 0;
  for (let at = 0; at < data.byteLength; count += 1) {
    if (at + 46 > data.byteLength || data.getUint32(at, true) !== ENTRY) throw new Unreadable("damaged");
    if (count === MOST_ENTRIES) throw new Unreadable("too_large");
    const nameEnd = at + 46 + data.getUint16(at + 28, true);
    const extraEnd = nameEnd + data.getUint16(at + 30, true);
    if (extraEnd > data.byteLength) throw new Unreadable("damaged");
    const entry = {
      name: new TextDecoder().decode(new Uint8Array(data.buffer, at + 46, nameEnd - at - 46)),
      method: data.getUint16(at + 10, true),
      isLocked: (data.getUint16(at + 8, true) & 1) === 1,
      packed: data.getUint32(at + 20, true),
      size: data.getUint32(at + 24, true),
      start: data.getUint32(at + 42, true),
    };
    widen(entry, data, nameEnd, extraEnd);
    found.push(entry);
    at = extraEnd + data.getUint16(at + 32, true);
  }
  refuseOverlaps(found, place.start);
  return found.filter(({ name }) => LETTERS.test(name) && !NOT_LETTERS.test(name));
}

/** Two entries made of the same bytes: a bomb, no archive writes that. */
function refuseOverlaps(found, end) {
  const inOrder = found.toSorted((one, other) => one.start - other.start);
  inOrder.forEach((entry, index) => {
    const next = inOrder[index + 1]?.start ?? end;
    if (entry.start + 30 + entry.packed > next) throw new Unreadable("damaged");
  });
}

/**
 * The bytes of an entry.
 * @param {Blob} blob
 * @returns {AsyncGenerator<Uint8Array>}
 */
export async function* open(blob, entry) {
  if (entry.isLocked) throw new Unreadable("encrypted");
  if (entry.method !== 0 && entry.method !== 8) throw new Unreadable("damaged");
  const head = await view(blob, entry.start, entry.start + 30);
  if (head.byteLength < 30 || head.getUint32(0, true) !== LOCAL) throw new Unreadable("damaged");
  const from = entry.start + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const packed = blob.slice(from, from + entry.packed).stream();
  const most = Math.max(SMALL_BYTES, entry.packed * MOST_SWELLING);
  let given = 0;
  const stream = entry.method === 8 ? packed.pipeThrough(new DecompressionStream("deflate-raw")) : packed;
  try {
    for await (const chunk of pieces(stream)) {
      given += chunk.length;
      if (given > most || given > entry.size) throw new Unreadable("too_large");
      yield chunk;
    }
  } catch (error) {
    // Browsers and node each have their own error for what cannot be inflated.
    throw error instanceof Unreadable ? error : new Unreadable("damaged");
  }
  if (given !== entry.size) throw new Unreadable("damaged");
}

/**
 * What a stream gives, piece by piece; a stream nobody waits for any more is let go.
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {AsyncGenerator<Uint8Array>}
 */
export async function* pieces(stream) {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
