// @ts-check
/** My mail: a file is dropped and read here, what was found is shown, and kept only when she says so. Nothing leaves. */
import { readPast } from "../src/mail/past.js";
import { merge, nothing, read, Unreadable } from "../src/mail/read.js";
import { mailTables } from "../src/mail/tables.js";
import { isGranted } from "../src/consent.js";
import { isPaused } from "../src/state.js";
import { api } from "../src/store.js";
import { dayOf, withMail } from "../src/traces.js";
import { drawFound, ticked } from "./mail_found.js";
import { drawn, make, openShell, tell } from "./shell.js";

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);
/** Thunderbird's own messages. */
const CAN_READ_PAST = Boolean(api.messages);

const { say, language, store } = await openShell("mail");
const { lexicon, interests, codeOf, skillNames } = await mailTables();
const percents = new Intl.NumberFormat(language, { style: "percent" });

let all = nothing();
/** Files already counted here, so that one dropped twice counts once. @type {Set<string>} */
const readAlready = new Set();
/** @type {AbortController | null} */
let stop = null;

async function drawDoor() {
  const now = Date.now();
  const granted = isGranted(await store.read("consent"), "mail", now);
  const paused = isPaused(await store.read("pause"), now);
  const isOpen = granted && !paused;
  at("closed").hidden = isOpen;
  at("open").hidden = !isOpen;
  at("past").hidden = !CAN_READ_PAST;
  at("closed-why").textContent = say(granted ? "mail_closed_paused" : "mail_closed_consent");
  at("closed-link").textContent = say(granted ? "mail_to_traces" : "mail_to_consent");
  at("closed-link").href = granted ? "traces.html" : "consent.html";
  if (!isOpen) forget();
  return isOpen;
}

/** @param {import("../src/mail/read.js").Progress} progress */
function showProgress({ messages, about, part }) {
  at("reading-part").value = part;
  at("reading-part").textContent = percents.format(part);
  at("reading-count").textContent = say("mail_progress", { n: messages, about });
}

/** @param {string} name @param {string} why */
function addTrouble(name, why) {
  at("troubles").hidden = false;
  const words = make("p", {}, make("strong", {}, name), " ", say(`mail_trouble_${why}`));
  at("troubles").append(make("li", { class: "notice wait" }, words));
}

/** What went wrong with a reading that still gave something. @param {string} name @param {import("../src/mail/read.js").Reading} reading */
function addTroublesOf(name, { troubles, locked, broken }) {
  for (const why of troubles) addTrouble(name, `part_${why}`);
  for (const [kind, n] of /** @type {const} */ ([["locked", locked], ["broken", broken]])) {
    if (!n) continue;
    at("troubles").hidden = false;
    const words = make("p", {}, make("strong", {}, name), " ", say(`mail_${kind}`, { n }));
    at("troubles").append(make("li", { class: "notice" }, words));
  }
}

/** Read one thing with a bar and a button to stop.
 * @param {string} name
 * @param {(options: import("../src/mail/read.js").Options) => Promise<import("../src/mail/read.js").Reading>} work
 * @param {string} otherwise what is told of a trouble nobody thought of
 * @returns {Promise<"read" | "failed" | "stopped">}
 */
async function reading(name, work, otherwise = "damaged") {
  at("reading").hidden = false;
  at("reading-title").focus();
  at("reading-what").textContent = name.replace(/[\s\u00a0]*:$/, "");
  showProgress({ messages: 0, about: 0, part: 0 });
  try {
    const found = await work({ onProgress: showProgress, signal: stop?.signal, language });
    merge(all, found);
    addTroublesOf(name, found);
  } catch (error) {
    if (stop?.signal.aborted) return "stopped";
    addTrouble(name, error instanceof Unreadable ? error.why : otherwise);
    return "failed";
  } finally {
    at("reading").hidden = true;
  }
  return "read";
}

/** One reading at a time: what is dropped meanwhile is left alone. @param {() => Promise<boolean>} work */
async function alone(work) {
  if (stop) return;
  stop = new AbortController();
  try {
    if (!(await drawDoor())) return;
    at("troubles").replaceChildren();
    at("troubles").hidden = true;
    tell(say("mail_reading"), "info");
    await finish(await work());
  } finally {
    stop = null;
  }
}

/** @param {File[]} files */
async function readFiles(files) {
  for (const file of files) {
    const name = say("mail_about", { name: file.name });
    const mark = [file.name, file.size, file.lastModified].join("/");
    if (readAlready.has(mark)) {
      addTrouble(name, "again");
      continue;
    }
    const how = await reading(name, (options) => read(file, lexicon, options));
    if (how === "stopped") return false;
    if (how === "read") readAlready.add(mark);
  }
  return true;
}

async function readOwn() {
  forget();
  const name = say("mail_about", { name: say("mail_past") });
  return (await reading(name, (options) => readPast(api, lexicon, options), "past")) !== "stopped";
}

/** @param {boolean} isWhole */
async function finish(isWhole) {
  at("files").value = "";
  if (!isWhole) {
    forget();
    at("files").focus();
    return tell(say("mail_told_stopped"), "info");
  }
  const corrections = (await store.read("corrections")) ?? {};
  const earlier = Object.values((await store.read("traces")) ?? {}).some((/** @type {any} */ one) => one.mail);
  const isAny = drawFound({ all, say, language, interests, skillNames, corrections, earlier });
  if (!all.messages) return tell(say("mail_told_nothing_read"), "wait");
  if (!isAny) return tell(say("mail_told_nothing_found", { n: all.messages }), "info");
  tell(say("mail_told_found", { n: all.messages }));
  at("found-title").focus();
}

/** Nothing of what was read stays in memory. */
function forget() {
  all = nothing();
  readAlready.clear();
  at("found").hidden = true;
  at("found-list").replaceChildren();
}

async function keep() {
  const counts = new Map(ticked().map((item) => [codeOf(item), all.items.get(item) ?? 0]));
  const isKept = await store.alone(async ({ read: readKey, write }) => {
    const now = Date.now();
    // She may have withdrawn on another page while this one was open.
    if (!isGranted(await readKey("consent"), "mail", now)) return false;
    await write("traces", withMail(await readKey("traces"), counts, dayOf(now), await readKey("corrections")));
    return true;
  });
  forget();
  at("troubles").replaceChildren();
  if (!(await drawDoor()) || !isKept) return tell(say("mail_closed_consent"), "wait");
  tell(say("mail_told_kept", { n: counts.size }));
  at("told").append(make("p", {}, make("a", { href: "traces.html" }, say("mail_to_traces"))));
  at("files").focus();
}

/** @param {Iterable<File>} files */
function take(files) {
  const taken = [...files];
  if (taken.length) alone(() => readFiles(taken));
}

at("files").addEventListener("change", () => take(at("files").files));
at("past-read").addEventListener("click", () => alone(readOwn));
at("stop").addEventListener("click", () => stop?.abort());
at("throw").addEventListener("click", () => {
  forget();
  tell(say("mail_told_thrown"), "info");
  at("files").focus();
});
at("found").addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  keep();
});

// A file dropped beside the place must not open in its stead.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
const place = at("drop");
place.addEventListener("dragover", () => place.classList.add("over"));
place.addEventListener("dragleave", () => place.classList.remove("over"));
place.addEventListener("drop", (/** @type {DragEvent} */ event) => {
  place.classList.remove("over");
  take(event.dataTransfer?.files ?? []);
});

await drawDoor();
drawn();
