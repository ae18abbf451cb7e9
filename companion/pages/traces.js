// @ts-check
/** My traces: what is kept, why, and everything she can do about it. */
import { loadTable } from "../src/tables.js";
import { corrected, dayOf, forgotten, strengths } from "../src/traces.js";
import { drawn, make, openShell, tell } from "./shell.js";
import { drawList, drawNevers, offer } from "./traces_list.js";
import { drawPlot } from "./traces_plot.js";
import { drawState } from "./traces_state.js";
import { unsaved } from "./unsaved.js";

const shell = await openShell("traces");
const { say, language, store } = shell;
/** @type {import("../src/sites.js").Interests} */
const { interests } = await loadTable("interests");
const codes = interests.map(({ code }) => code);
const names = new Map(interests.map((one) => [one.code, language === "fr" ? one.fr : one.en]));
const nameOf = (/** @type {string} */ code) => names.get(code) ?? code;
const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @type {HTMLSelectElement} */
const select = make("select", { id: "add-code", "aria-describedby": "add-wrong" });
const missing = make("p", { class: "wrong-text", id: "add-wrong", hidden: true }, say("traces_add_missing"));
at("add-field").replaceWith(unsaved(make("label", { class: "name", for: select.id }, say("traces_add_label")), missing, select));

/**
 * @param {(kept: {traces: import("../src/traces.js").Traces, corrections: import("../src/traces.js").Corrections}) => void} change
 * @param {string} words what is told afterwards
 * @param {Record<string, string>} values
 */
async function correct(change, words, values) {
  await store.alone(async ({ read, write }) => {
    const kept = { traces: (await read("traces")) ?? {}, corrections: { ...(await read("corrections")) } };
    change(kept);
    await write("traces", kept.traces);
    await write("corrections", kept.corrections);
  });
  await draw();
  tell(say(words, values));
  at("list-title").focus();
}

const acts = {
  keep: (/** @type {string} */ code) =>
    correct((kept) => (kept.corrections[code] = "mine"), "traces_told_mine", { name: nameOf(code) }),
  unsay: (/** @type {string} */ code) =>
    correct((kept) => delete kept.corrections[code], "traces_told_unsaid", { name: nameOf(code) }),
  remove: (/** @type {string} */ code) =>
    correct(
      (kept) => {
        delete kept.corrections[code];
        kept.traces = forgotten(kept.traces, code);
      },
      "traces_told_deleted",
      { name: nameOf(code) },
    ),
  never: (/** @type {string} */ code) =>
    correct((kept) => reject(kept, code), "traces_told_never", { name: nameOf(code) }),
  replace: (/** @type {string} */ code, /** @type {string} */ other) =>
    correct(
      (kept) => {
        reject(kept, code);
        kept.corrections[other] = "mine";
      },
      "traces_told_replaced",
      { name: nameOf(code), other: nameOf(other) },
    ),
  undo: (/** @type {string} */ code) =>
    correct((kept) => delete kept.corrections[code], "traces_told_undone", { name: nameOf(code) }),
};

/** @param {{traces: import("../src/traces.js").Traces, corrections: import("../src/traces.js").Corrections}} kept @param {string} code */
function reject(kept, code) {
  kept.traces = forgotten(kept.traces, code);
  kept.corrections[code] = "never";
}

async function draw() {
  const [traces, corrections] = [await store.read("traces"), await store.read("corrections")];
  const found = strengths(traces, corrections, dayOf(Date.now()));
  const drawing = { say, nameOf, acts };
  at("none").hidden = found.size > 0;
  drawPlot(at("plot"), found, nameOf, { say, language });
  drawList(at("list"), found, codes, drawing);
  drawNevers(at("nevers"), corrected(corrections, "never"), drawing);
  offer(select, codes.filter((code) => !found.get(code)?.said), drawing);
  await drawState(shell);
}

at("add").addEventListener("submit", (event) => {
  event.preventDefault();
  const isMissing = !select.value;
  missing.hidden = !isMissing;
  select.setAttribute("aria-invalid", String(isMissing));
  if (isMissing) select.focus();
  else acts.keep(select.value);
});

at("export").addEventListener("click", async () => {
  const text = JSON.stringify(await store.all(), null, 2);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "vis-a-vis.json";
  link.click();
  URL.revokeObjectURL(link.href);
});

/** @param {boolean} isAsking */
function ask(isAsking) {
  at("sure").hidden = !isAsking;
  at("erase").setAttribute("aria-expanded", String(isAsking));
  at(isAsking ? "erase-no" : "erase").focus();
}
at("erase").addEventListener("click", () => ask(at("sure").hidden));
at("erase-no").addEventListener("click", () => ask(false));
at("erase-yes").addEventListener("click", async () => {
  await store.erase();
  ask(false);
  await draw();
  tell(say("traces_told_erased"));
  at("list-title").focus();
});

// What was noted while she looked at another page.
document.addEventListener("visibilitychange", () => document.hidden || draw());
await draw();
drawn();
