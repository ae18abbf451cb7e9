/**
 * A file that cannot be read, and why: `not_mail`, `truncated`, `encrypted`, `damaged`, `too_large`, `no_letters`
 * (a zip without any), `outlook` (a kind that only its own program reads). The page has a sentence for each.
 */
export class Unreadable extends Error {
  /** @param {string} why */
  constructor(why) {
    super(why);
    this.name = "Unreadable";
    this.why = why;
  }
}
