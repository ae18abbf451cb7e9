/** The text of a message that has only a page to show, without what it quotes. Nothing of it is run, shown or fetched. */
import { htmlToText } from "../../vendor/postal-mime/text-format.js";

const LEFT_OUT =
  "head, script, style, template, noscript, blockquote, .gmail_quote, .gmail_signature, .moz-cite-prefix, " +
  ".moz-signature, .yahoo_quoted, #divRplyFwdMsg, #divRplyFwdMsg ~ *, #appendonsend ~ *";
const BLOCKS = "p, div, li, tr, td, th, h1, h2, h3, h4, h5, h6, pre, section, article, table";

/** Innermost first, until none is left; what is not closed stays. */
function withoutBlockquotes(html) {
  let before = html;
  for (let depth = 0; depth < 50; depth += 1) {
    const after = before.replace(/<blockquote\b[^<]*(?:<(?!\/?blockquote\b)[^<]*)*<\/blockquote>/gi, "\n");
    if (after === before) break;
    before = after;
  }
  return before;
}

/**
 * @param {string} html
 * @returns {string}
 */
export function textOf(html) {
  if (typeof DOMParser === "undefined") return htmlToText(withoutBlockquotes(html));
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const part of page.querySelectorAll(LEFT_OUT)) part.remove();
  for (const end of page.querySelectorAll("br")) end.replaceWith("\n");
  for (const block of page.querySelectorAll(BLOCKS)) {
    block.prepend("\n");
    block.append("\n");
  }
  return page.body.textContent ?? "";
}
