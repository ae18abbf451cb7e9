/** Words in the person's language, from _locales: `{name}` stands for a value, `key_one` for one thing and `key_other` for several. */

export const LANGUAGES = Object.freeze(["fr", "en"]);

/** How dates and hours are written in each. @type {Record<string, string>} */
const PLACES = { fr: "fr-FR", en: "en-GB" };

/** @param {string} language */
export const localeOf = (language) => PLACES[language];

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Say */

/**
 * @param {Record<string, {message: string}>} messages
 * @param {string} language
 * @returns {Say} `n` among the values chooses between `key_one` and `key_other`
 */
export function speaker(messages, language) {
  const plural = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (key, values = {}) => {
    const form = "n" in values ? (plural.select(Number(values.n)) === "one" ? "_one" : "_other") : "";
    const found = messages[key + form] ?? messages[key];
    if (!found) throw new RangeError(`no words for "${key}"`);
    return found.message.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === "number" ? numbers.format(value) : value;
    });
  };
}

/** The first language of the person's that the companion speaks; French otherwise.
 * @param {readonly string[]} wished
 */
export function bestLanguage(wished) {
  return wished.map((one) => one.slice(0, 2).toLowerCase()).find((one) => LANGUAGES.includes(one)) ?? "fr";
}

/** @param {string} language */
export async function wordsIn(language) {
  const answer = await fetch(new URL(`../_locales/${language}/messages.json`, import.meta.url));
  return speaker(await answer.json(), language);
}
