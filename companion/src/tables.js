/** The lists shipped with the companion: read from its own files, never from the network. */

/** @type {Map<string, Promise<any>>} */
const loaded = new Map();

/** @param {"interests" | "hosts" | "lexicon"} name */
export function loadTable(name) {
  const found =
    loaded.get(name) ?? fetch(new URL(`./tables/${name}.json`, import.meta.url)).then((answer) => answer.json());
  loaded.set(name, found);
  return found;
}

/** The two lists that turn hosts into interests; they must be of the same edition, or numbers would mean something else. */
export async function siteTables() {
  const [hosts, interests] = await Promise.all([loadTable("hosts"), loadTable("interests")]);
  if (hosts.table !== interests.table) throw new Error("the lists of the companion are of two editions");
  return { hosts, interests };
}
