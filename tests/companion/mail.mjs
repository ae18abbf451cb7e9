/** The companion's mail modules, asked in node: many questions in one process. */
import { openAsBlob } from "node:fs";
import { letter } from "../../companion/src/mail/eml.js";
import { messages } from "../../companion/src/mail/mbox.js";
import { ownWords } from "../../companion/src/mail/own.js";
import { prepared, read } from "../../companion/src/mail/read.js";
import { told } from "../../companion/src/mail/words.js";
import { entries, open, pieces } from "../../companion/src/mail/zip.js";

const plain = (reading) => ({
  ...reading,
  items: Object.fromEntries(reading.items),
  skills: Object.fromEntries(reading.skills),
  troubles: [...reading.troubles],
});

const base64 = (bytes) => Buffer.from(bytes).toString("base64");

const ANSWERS = {
  async read({ path, lexicon, language = "fr", stopAfter = 0 }) {
    const stop = new AbortController();
    const progress = [];
    const onProgress = (one) => {
      progress.push(one);
      if (stopAfter && one.messages >= stopAfter) stop.abort();
    };
    const reading = await read(await openAsBlob(path), prepared(lexicon), { onProgress, signal: stop.signal, language });
    return { ...plain(reading), progress: progress.slice(-3), times: progress.length, most: process.resourceUsage().maxRSS };
  },
  async letter({ bytes }) {
    return letter(Uint8Array.from(Buffer.from(bytes, "base64")));
  },
  async messages({ bytes, size = 65_536 }) {
    const whole = Buffer.from(bytes, "base64");
    async function* chunks() {
      for (let at = 0; at < whole.length; at += size) yield Uint8Array.from(whole.subarray(at, at + size));
    }
    const found = [];
    for await (const one of messages(chunks())) found.push({ ...one, bytes: base64(one.bytes) });
    return found;
  },
  async own({ text }) {
    return ownWords(text);
  },
  async told({ text, lexicon, language }) {
    const { items, skills } = told(text, prepared(lexicon), language);
    return { items: [...items], skills: [...skills] };
  },
  async many({ texts, lexicon }) {
    const ready = prepared(lexicon);
    return texts.map(({ text, language }) => {
      const { items, skills } = told(text, ready, language);
      return { items: [...items], skills: [...skills] };
    });
  },
  async zip({ path }) {
    const blob = await openAsBlob(path);
    const found = [];
    for (const entry of await entries(blob)) {
      let length = 0;
      for await (const piece of open(blob, entry)) length += piece.length;
      found.push({ name: entry.name, length });
    }
    return found;
  },
  async pieces({ path }) {
    let length = 0;
    for await (const piece of pieces((await openAsBlob(path)).stream())) length += piece.length;
    return length;
  },
};

let text = "";
for await (const part of process.stdin) text += part;
const answers = [];
for (const { ask, ...given } of JSON.parse(text)) {
  try {
    answers.push({ answer: await ANSWERS[ask](given) });
  } catch (error) {
    answers.push({ refused: error.why ?? error.name, message: String(error.stack ?? error) });
  }
}
process.stdout.write(JSON.stringify(answers));
