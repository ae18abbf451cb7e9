/**
 * Messages as Thunderbird gives them: the text of their body, and nothing else of them. What lists of messages hold besides their
 * number (sender, subject, day) is not looked at.
 */
import { textOf } from "./html.js";
import { ownWords } from "./own.js";

/** Folders that say nothing of her, or were thrown away. */
const LEFT_OUT = new Set(["junk", "trash", "drafts", "templates", "outbox"]);

/** @param {{specialUse?: string[], isRoot?: boolean, isVirtual?: boolean, isUnified?: boolean, isTag?: boolean}} folder */
export function isRead(folder) {
  const holdsNone = folder.isRoot || folder.isVirtual || folder.isUnified || folder.isTag;
  return !holdsNone && !folder.specialUse?.some((use) => LEFT_OUT.has(use));
}

/** Her own words in a message. @param {any} api @param {number} id */
export async function textOfMessage(api, id) {
  const parts = await api.messages.listInlineTextParts(id);
  const of = (/** @type {string} */ kind) =>
    parts.filter((/** @type {any} */ part) => part.contentType === kind).map((/** @type {any} */ part) => part.content);
  const plain = of("text/plain").join("\n");
  return ownWords(plain.trim() ? plain : of("text/html").map(textOf).join("\n"));
}

/** The numbers of the messages of a list that comes page by page. @param {any} api @param {any} first */
export async function* numbersOf(api, first) {
  for (let page = first; ; page = await api.messages.continueList(page.id)) {
    for (const { id } of page.messages) yield /** @type {number} */ (id);
    if (!page.id) return;
  }
}

/** How many messages there are, and the number of each. @param {any} api */
export async function everything(api) {
  const folders = (await api.folders.query({})).filter(isRead);
  let count = 0;
  for (const { id } of folders) count += (await api.folders.getFolderInfo(id)).totalMessageCount ?? 0;
  async function* numbers() {
    for (const { id } of folders) yield* numbersOf(api, await api.messages.list(id));
  }
  return { count, numbers: numbers() };
}
