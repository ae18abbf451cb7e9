/** The text of a message that has only a page to show, without what it quotes. Nothing of it is run, shown or fetched. */
import { htmlToText } from "../../vendor/postal-mime/text-format.js";

const LEFT_OUT =
  "head, script, style, template, noscript, blockquote, .gmail_quote, .gmail_signature, .moz-cite-prefix, " +
  ".moz-signature, .yahoo_quoted, #divRplyFwdMsg, #divRplyFwdMsg ~ *, #appendonsend ~ *";
const BLOCKS = "p, div, li, tr, td, th, h1, h2, h3, h4, h5, h6, pre, section, article, table";

const TAG = /<(\/?)(blockquote|style|script|title)\b[^<>]*>/gi;

/** What stands outside such parts, where nothing reads pages. */
function outside(html) {
  let kept = "";
  let from = 0;
  let depth = 0;
  let inside = "";
  for (const tag of html.matchAll(TAG)) {
    const name = tag[2].toLowerCase();
    if (inside && inside !== name) continue;
    if (!tag[1]) {
      if (!inside) kept += `${html.slice(from, tag.index)}\n`;
      inside = name;
      depth += 1;
    } else if (inside) {
      depth -= 1;
      if (!depth) inside = "";
    }
    from = tag.index + tag[0].length;
  }
  return inside ? kept : kept + html.slice(from);
}

/**
 * @param {string} html
 * @returns {string}
 */
export function textOf(html) {
  if (typeof DOMParser === "undefined") return htmlToText(outside(html));
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const part of page.querySelectorAll(LEFT_OUT)) part.remove();
  for (const end of page.querySelectorAll("br")) end.replaceWith("\n");
  for (const block of page.querySelectorAll(BLOCKS)) {
    block.prepend("\n");
    block.append("\n");
  }
  return page.body.textContent ?? "";
}
