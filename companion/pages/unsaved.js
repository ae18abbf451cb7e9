// @ts-check
/** A field whose answer no browser writes down. */
import { make } from "./shell.js";

/**
 * A browser keeps what is chosen on its open pages in a file of its own, to bring the tabs back after a crash; what is
 * erased here would live on in it. It does not look into a shadow.
 *
 * @param {...Node} field a label, what is said beside it, and the control
 * @returns {HTMLElement}
 */
export function unsaved(...field) {
  const host = make("div");
  host.attachShadow({ mode: "open" }).append(
    make("link", { rel: "stylesheet", href: "companion.css" }),
    make("div", { class: "field" }, ...field),
  );
  return host;
}
