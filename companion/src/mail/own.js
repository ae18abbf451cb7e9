/**
 * Her own words: what she quotes and what is signed is left out, so that other people's words do not count as hers.
 */

const QUOTED = /^[ \t]*[>|]/;
const SIGNATURE = /^-- ?$/;
/** "Le lundi 2 novembre 2026, quelqu'un a écrit :", folded over three lines at most. */
const ATTRIBUTION = /^[ \t]*(?:Le|On)\b[^\n]{0,200}(?:\n(?!>)[^\n]{0,200}){0,2}?\b(?:a [ée]crit|wrote)[ \u00a0\u202f]?:[ \t]*$/gimu;
/** From here on, somebody else's message. */
const ANOTHER = new RegExp(
  [
    /^[ \t]*[-_]{2,}[ \t]*(?:original message|forwarded message|message d[’']origine|message original|message transf[ée]r[ée])/,
    /^[ \t]*(?:begin forwarded message|d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée]))[ \u00a0\u202f]?:/,
    /^[ \t]*\*?(?:de|from)[ \u00a0\u202f]?:\*?[^\n]{0,200}\n(?:[^\n]{0,200}\n)?[ \t]*\*?(?:envoy[ée]|sent|date)[ \u00a0\u202f]?:/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "imu",
);

/** Leave out an attribution; when what follows is not marked as quoted, leave out the rest too. */
function withoutAttributions(text) {
  let kept = "";
  let from = 0;
  for (const found of text.matchAll(ATTRIBUTION)) {
    const end = found.index + found[0].length;
    kept += text.slice(from, found.index);
    from = end;
    const next = /\S[^\n]*/.exec(text.slice(end, end + 2000));
    if (next && !QUOTED.test(next[0])) return kept;
  }
  return kept + text.slice(from);
}

/**
 * @param {string} text of a message
 * @returns {string} without quotations, attributions and signature
 */
export function ownWords(text) {
  const lined = text.replace(/\r\n?/g, "\n");
  const another = ANOTHER.exec(lined);
  const mine = withoutAttributions(another ? lined.slice(0, another.index) : lined);
  const kept = [];
  for (const line of mine.split("\n")) {
    if (SIGNATURE.test(line)) break;
    if (!QUOTED.test(line)) kept.push(line);
  }
  return kept.join("\n");
}
