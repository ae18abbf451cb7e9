/**
 * Words of a message that stand in the closed lexicon, and nothing else: a name or an illness is not in it, so it cannot
 * come out. A message counts for an interest once, however often its words return.
 */

/**
 * @typedef {Record<string, number[]>} Forms each inflected form, lower case, to the numbers of its interests
 * @typedef {object} Written what `tables/lexicon.json` holds
 * @property {Forms} fr
 * @property {Forms} en
 * @property {{fr: Record<string, string[]>, en: Record<string, string[]>}} [skills]
 *
 * @typedef {object} Lexicon
 * @property {Record<string, Map<string, {items: number[], skills: string[]}>>} terms by language
 * @property {Record<string, Set<string>>} firsts the words that terms start with
 * @property {number} longest words in a term
 */

/** Words that only one of these languages writes often. Three of them have no lexicon: their messages count nothing. */
const STOP_WORDS = {
  fr: "les des et est dans pour pas vous je il nous aux avec cette mais qui sont être ça ce sur au une du mon ton ses j'ai c'est n'est d'un d'une qu'il tu elle ils leur très bien merci bonjour salut",
  en: "the and of to is are was you for with this that have has it we they my your our will would be been not from at by an i'm it's don't he she thanks hello hi regards",
  es: "el los las y es en para por con una muy pero más está como gracias hola su lo al del",
  de: "der die das und ist nicht mit ich wir sie ein eine für auf den von zu im auch aber danke hallo",
  it: "il gli e è di che per con una non sono ma anche della nel grazie ciao questo alla",
};
const LANGUAGE_OF = new Map();
for (const [language, words] of Object.entries(STOP_WORDS)) {
  for (const word of words.split(" ")) LANGUAGE_OF.set(word, LANGUAGE_OF.has(word) ? "" : language);
}

const GAP = /^[ \t\u00a0\u202f]*\n?[ \t\u00a0\u202f]*$/u;
const WORD = /[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu;
const ELIDED = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu)'(?=.)/u;
const POSSESSIVE = /'s$/u;

/** One way to write each letter. */
export const plain = (text) =>
  text
    .normalize("NFC")
    .toLowerCase()
    .normalize("NFC")
    .replace(/[’ʼ‘`´]/gu, "'")
    .replace(/[\u2010\u2011\u00ad]/gu, (dash) => (dash === "\u00ad" ? "" : "-"))
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae");

/**
 * @param {Written} written
 * @returns {Lexicon}
 */
export function prepared(written) {
  const terms = {};
  const firsts = {};
  let longest = 1;
  for (const language of ["fr", "en"]) {
    const map = new Map();
    const add = (form, kind, values) => {
      const term = plain(form).replaceAll("-", " ");
      const found = map.get(term) ?? { items: [], skills: [] };
      map.set(term, { ...found, [kind]: [...new Set([...found[kind], ...values])] });
      longest = Math.max(longest, term.split(" ").length);
    };
    for (const [form, items] of Object.entries(written[language] ?? {})) add(form, "items", items);
    for (const [form, codes] of Object.entries(written.skills?.[language] ?? {})) add(form, "skills", codes);
    terms[language] = map;
    firsts[language] = new Set([...map.keys()].map((term) => term.split(" ", 1)[0]));
  }
  return { terms, firsts, longest };
}

/** The words of a text, in runs that no full stop, comma or empty line breaks; a word with hyphens is several. */
function runs(text) {
  const found = [];
  let run = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    const gap = text.slice(end, match.index);
    if (run.length && gap !== " " && !GAP.test(gap)) {
      found.push(run);
      run = [];
    }
    if (match[0].includes("-")) run.push(...match[0].split("-"));
    else run.push(match[0]);
    end = match.index + match[0].length;
  }
  if (run.length) found.push(run);
  return found;
}

/**
 * The language most of the telling small words are of; when none tells, or as many of two, the language given.
 * @param {string[][]} sentences
 * @param {string} otherwise
 */
function languageOf(sentences, otherwise) {
  const told = {};
  for (const sentence of sentences) {
    for (const word of sentence) {
      const language = LANGUAGE_OF.get(word);
      if (language) told[language] = (told[language] ?? 0) + 1;
    }
  }
  const [first, second] = Object.entries(told).toSorted((one, other) => other[1] - one[1]);
  if (!first || first[1] === second?.[1]) return otherwise;
  return first[0];
}

const bare = (word, language) =>
  word.includes("'") ? word.replace(language === "fr" ? ELIDED : POSSESSIVE, "") : word;

const NO_TERM = Object.freeze({ found: null, size: 1 });

/** The longest term that starts there, and how many words it takes. */
function termAt(words, at, { terms, firsts, longest }, language) {
  const map = terms[language];
  const starts = firsts[language];
  if (!starts.has(words[at]) && !starts.has(bare(words[at], language))) return NO_TERM;
  for (let size = Math.min(longest, words.length - at); size > 0; size -= 1) {
    const taken = words.slice(at, at + size);
    const stripped = taken.map((word) => bare(word, language));
    const found =
      map.get(taken.join(" ")) ??
      map.get([stripped[0], ...taken.slice(1)].join(" ")) ??
      map.get(stripped.join(" "));
    if (found) return { found, size };
  }
  return NO_TERM;
}

/**
 * What a message tells: each interest and skill once.
 * @param {string} text
 * @param {Lexicon} lexicon
 * @param {string} otherwise the language to read it in when it does not say
 * @returns {{items: Set<number>, skills: Set<string>}}
 */
export function told(text, lexicon, otherwise = "fr") {
  const sentences = runs(plain(text));
  const language = languageOf(sentences, otherwise);
  const items = new Set();
  const skills = new Set();
  if (!lexicon.terms[language]) return { items, skills };
  for (const words of sentences) {
    for (let at = 0; at < words.length; ) {
      const { found, size } = termAt(words, at, lexicon, language);
      for (const item of found?.items ?? []) items.add(item);
      for (const skill of found?.skills ?? []) skills.add(skill);
      at += size;
    }
  }
  return { items, skills };
}
