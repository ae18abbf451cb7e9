// @ts-check
/** To my file: each recognised interest, proposed one by one through the service's own page, or not. */
import { at, once, openOwn } from "./own.js";
import { drawn, make, tell } from "./shell.js";
import { reasons } from "./traces_list.js";

/** @typedef {"new" | "saved" | "no"} State */

const own = await openOwn("file");
const { say, store, nameOf } = own;
const TAGS = { new: "tag", saved: "tag good", no: "tag wait" };

/** @param {string} code @param {"saved" | "no" | null} state */
const remember = (code, state) =>
  store.alone(async ({ read, write }) => {
    const { [code]: _, ...others } = (await read("file")) ?? {};
    await write("file", state ? { ...others, [code]: state } : others);
  });

/** @param {string} code */
async function propose(code) {
  try {
    const told = await own.ask({ ask: "file", interests: [code] });
    const isSaved = told.told === "file" && Array.isArray(told.saved) && told.saved.includes(code);
    // What she left unticked there is not a no for ever: it may be proposed again.
    if (isSaved) await remember(code, "saved");
    tell(isSaved ? say("file_told_saved", { name: nameOf(code) }) : say("file_told_not"), isSaved ? "good" : "info");
  } catch (problem) {
    own.complain(problem);
  }
  await draw(code);
}

/** @param {string} code @param {"no" | null} state */
async function decide(code, state) {
  await remember(code, state);
  tell(say(state ? "file_told_no" : "file_told_undone", { name: nameOf(code) }), "info");
  await draw(code);
}

/** @param {string} code @param {import("../src/traces.js").Found} found @param {State} state */
function row(code, found, state) {
  const name = nameOf(code);
  const button = (/** @type {string} */ words, /** @type {string} */ kind, /** @type {() => Promise<void>} */ work) => {
    const label = say("file_named", { act: say(words), name });
    const made = make("button", { type: "button", class: `button small ${kind}`, "aria-label": label }, say(words));
    made.addEventListener("click", () => once(made, work));
    return made;
  };
  const acts = {
    new: () => [
      ...(own.isBrowser ? [button("file_propose", "quiet", () => propose(code))] : []),
      button("file_no", "plain", () => decide(code, "no")),
    ],
    saved: () => [],
    no: () => [button("file_undo", "plain", () => decide(code, null))],
  };
  return make(
    "li",
    { id: code, tabindex: -1 },
    make("span", { class: "row__name" }, name),
    make("span", { class: "hint" }, reasons(found, say)),
    make("span", { class: TAGS[state] }, say(`file_state_${state}`)),
    make("div", { class: "buttons" }, ...acts[state]()),
  );
}

/** @param {string} [focused] */
async function draw(focused) {
  const found = await own.found();
  /** @type {Record<string, State>} */
  const states = (await store.read("file")) ?? {};
  at("list").replaceChildren(...[...found].map(([code, one]) => row(code, one, states[code] ?? "new")));
  at("none").hidden = found.size > 0;
  if (focused) at(focused)?.focus();
}

await draw();
drawn();
