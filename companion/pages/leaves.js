// @ts-check
/** What leaves: this quarter's report, what chance does to it, what it costs, and all that has left. */
import { forgetLeft } from "../src/left.js";
import { setAlarm } from "../src/leaving.js";
import { booksOf } from "../src/sending.js";
import { drawLeft, drawSpent } from "./leaves_left.js";
import { drawReport } from "./leaves_report.js";
import { drawSet } from "./leaves_set.js";
import { at, openOwn } from "./own.js";
import { drawn, tell } from "./shell.js";

const own = await openOwn("leaves");
const { say, store } = own;

async function draw() {
  const found = await own.found();
  const places = [...found.keys()].map(own.placeOf);
  /** @type {import("../src/sending.js").Kept | undefined} */
  const kept = await store.read("ledger");
  const books = booksOf(kept);
  await drawReport(own, { kept, places, redraw: draw });
  drawSet(own, places, kept?.sending?.terms);
  drawSpent(own, books);
  drawLeft(own, (await store.read("left")) ?? []);
}

/** @param {boolean} isOpen */
function open(isOpen) {
  at("sure").hidden = !isOpen;
  at("delete").setAttribute("aria-expanded", String(isOpen));
  (isOpen ? at("delete-yes") : at("delete")).focus();
}

at("delete").addEventListener("click", () => open(at("sure").hidden));
at("delete-no").addEventListener("click", () => open(false));
at("delete-yes").addEventListener("click", async () => {
  await forgetLeft(store);
  await setAlarm(null);
  await draw();
  open(false);
  tell(say("leaves_told_deleted"));
  at("left-title").focus();
});

await draw();
drawn();
