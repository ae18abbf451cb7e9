/** From the page she opens to interests: the host name alone, looked up in the companion's own list, and forgotten. */

/** @typedef {{table: string, interests: {code: string, fr: string, en: string, riasec: string}[]}} Interests */
/** @typedef {{table: string, hosts: Record<string, number[]>}} Hosts numbers are places in the list of interests */

/** The host of a page that she navigated to; nothing for frames, for pages loaded in advance, for what is not the web.
 * @param {{frameId: number, url: string, documentLifecycle?: string}} details of webNavigation.onCommitted
 * @returns {string} "" when there is none
 */
export function hostOf({ frameId, url, documentLifecycle = "active" }) {
  if (frameId !== 0 || documentLifecycle !== "active" || !URL.canParse(url)) return "";
  const { protocol, hostname } = new URL(url);
  return ["http:", "https:"].includes(protocol) ? hostname.replace(/\.$/, "") : "";
}

/** The interests of a host: its own row, else that of the nearest host above it. Most hosts have none.
 * @param {string} host
 * @param {{hosts: Hosts, interests: Interests}} tables
 * @returns {string[]} codes
 */
export function interestsOf(host, { hosts, interests }) {
  const labels = host.toLowerCase().split(".");
  for (let start = 0; start < labels.length - 1; start += 1) {
    const name = labels.slice(start).join(".");
    if (Object.hasOwn(hosts.hosts, name)) return hosts.hosts[name].map((number) => interests.interests[number].code);
  }
  return [];
}
