// @ts-check
/**
 * What the service says of reports, the same to everybody: how they are drawn, of which list, for which quarter, and the
 * key of its permits. Read without a cookie; checked here, because a device does not take a service at its word.
 */
import { CAP_THOUSANDTHS, quarterOf } from "./privacy/ledger.js";
import { privSet } from "./privacy/privset.js";
import { readKey } from "./tokens.js";

export const TERMS_PATH = "/traces/terms.json";
export const REPORTS_PATH = "/traces/reports/";

const PERIOD = /^(\d{4})-q?([1-4])$/;
const GROUP = /^[a-z0-9][a-z0-9.-]{0,39}$/;
const DAY_MS = 86_400_000;

/** A report is not made, or not sent; `why` names the sentence. */
export class NotSent extends Error {
  /** @param {string} why @param {string} [words] what the service said */
  constructor(why, words = "") {
    super(why);
    this.why = why;
    this.words = words;
  }
}

/**
 * @typedef {{table: string, k: number, m: number, s: number, epsilon: number, period: string, cap: number,
 *   key: {n: string, e: string}, groups: {code: string, fr: string, en: string}[]}} Terms ε and cap in thousandths
 */

/** The quarter that a period is, as the ledger names it.
 * @param {string} period
 */
export function quarterOfPeriod(period) {
  const found = PERIOD.exec(period);
  if (!found) throw new NotSent("unreadable");
  return `${found[1]}-q${found[2]}`;
}

/** The terms, if a report may be made under them; otherwise it says why not.
 * @param {any} raw @param {{table: string, interests: unknown[]}} list the companion's own
 * @param {number} now
 * @returns {Terms}
 */
export function readTerms(raw, list, now) {
  const { table, k, m, s, epsilon, period, cap, key, groups = [] } = raw ?? {};
  const quarter = quarterOfPeriod(String(period));
  const fits = Number.isSafeInteger(cap) && epsilon <= cap && cap <= 2 * CAP_THOUSANDTHS && Array.isArray(groups);
  if (!fits || !isRight(() => privSet({ k, m, s, epsilon }), () => readKey(key))) throw new NotSent("unreadable");
  if (table !== list.table || k !== list.interests.length) throw new NotSent("table");
  // A service that makes up quarters would be sent more than one report in three months.
  const near = [now - DAY_MS, now, now + DAY_MS].map((one) => quarterOf(new Date(one).toISOString()));
  if (!near.includes(quarter)) throw new NotSent("clock");
  const known = groups.filter((/** @type {any} */ one) => GROUP.test(one?.code) && one.fr && one.en);
  return { table, k, m, s, epsilon, period, cap, key: { n: key.n, e: key.e }, groups: known };
}

/** Whether a report made under one may be sent under the other.
 * @param {Terms} one @param {Terms} other
 */
export const areSame = (one, other) =>
  /** @type {const} */ (["table", "k", "m", "s", "epsilon", "period"]).every((name) => one[name] === other[name]) &&
  one.key.n === other.key.n &&
  one.key.e === other.key.e;

/** @param {...() => unknown} makes */
function isRight(...makes) {
  try {
    for (const make of makes) make();
    return true;
  } catch {
    return false;
  }
}

/**
 * The service's three doors for reports, all of them without cookie, account, referrer or cache. A language is sent that is
 * the same for everybody.
 * @param {string} service its origin @param {typeof fetch} fetching
 */
export function doors(service, fetching = (...given) => fetch(...given)) {
  /** @param {string} path @param {RequestInit} more */
  async function knock(path, more) {
    try {
      return await fetching(service + path, {
        credentials: "omit",
        referrerPolicy: "no-referrer",
        cache: "no-store",
        redirect: "error",
        ...more,
        headers: { "Accept-Language": "fr", ...more.headers },
      });
    } catch {
      throw new NotSent("offline");
    }
  }
  /** @param {string} method @param {string} body */
  const tell = (method, body) =>
    knock(REPORTS_PATH, { method, body, headers: { "Content-Type": "application/json" } });

  return {
    address: service + REPORTS_PATH,

    /** The terms as the service wrote them. */
    async terms() {
      const answer = await knock(TERMS_PATH, {});
      if (answer.status === 404) throw new NotSent("none");
      if (!answer.ok) throw new NotSent("offline");
      return answer.json().catch(() => {
        throw new NotSent("unreadable");
      });
    },

    /** @param {string} body */
    report: (body) => tell("POST", body),

    /** @param {string} body */
    takeBack: (body) => tell("DELETE", body),
  };
}
