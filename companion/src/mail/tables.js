/** The closed lexicon, ready to be looked into, and the interests its numbers stand for. */
import { loadTable } from "../tables.js";
import { prepared } from "./words.js";

/**
 * @typedef {{code: string, fr: string, en: string}} Interest
 * @returns {Promise<{lexicon: import("./words.js").Lexicon, interests: Interest[], codeOf: (item: number) => string, skillNames: Record<string, {fr: string, en: string}>}>}
 */
export async function mailTables() {
  const [written, list] = await Promise.all([loadTable("lexicon"), loadTable("interests")]);
  if (written.table !== list.table) throw new Error("the lists of the companion are of two editions");
  return {
    lexicon: prepared(written),
    interests: list.interests,
    codeOf: (item) => list.interests[item].code,
    skillNames: written.skill_names ?? {},
  };
}
