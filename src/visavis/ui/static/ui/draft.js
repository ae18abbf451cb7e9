// @ts-check
/** Keeps an unsaved answer in this tab until it is saved, and gives it back when the page comes again. */

const SHELF = "visavis-drafts";
const NEVER = "[type=password], [type=file], [type=hidden], [autocomplete=one-time-code]";
// A page that asks who one is comes instead of the one that would have taken the answer.
const ASKS_WHO = "[autocomplete~=username], [autocomplete~=one-time-code]";

/** @typedef {{owner: string, values: Record<string, string[]>, sent: boolean}} Draft */

/** @returns {Record<string, Draft>} */
function shelf() {
  try {
    return JSON.parse(sessionStorage.getItem(SHELF) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {Record<string, Draft>} drafts */
function put(drafts) {
  try {
    sessionStorage.setItem(SHELF, JSON.stringify(drafts));
  } catch {
    // A full or forbidden store only loses this comfort.
  }
}

/** @param {HTMLFormElement} form @returns {Array<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>} */
function fields(form) {
  const all = /** @type {Array<HTMLInputElement>} */ ([...form.elements]);
  return all.filter((field) => field.name && field.matches("input, textarea, select") && !field.matches(NEVER));
}

/** @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} field */
function isTick(field) {
  return field.matches("[type=radio], [type=checkbox]");
}

/** @param {HTMLFormElement} form @returns {Record<string, string[]>} */
function read(form) {
  /** @type {Record<string, string[]>} */
  const values = {};
  for (const field of fields(form)) {
    values[field.name] ??= [];
    if (field instanceof HTMLSelectElement) values[field.name].push(...[...field.selectedOptions].map((o) => o.value));
    else if (!isTick(field) || /** @type {HTMLInputElement} */ (field).checked) values[field.name].push(field.value);
  }
  return values;
}

/** @param {HTMLFormElement} form @param {Record<string, string[]>} values */
function write(form, values) {
  for (const field of fields(form)) {
    const kept = values[field.name];
    if (!kept) continue;
    if (field instanceof HTMLSelectElement) for (const option of field.options) option.selected = kept.includes(option.value);
    else if (isTick(field)) /** @type {HTMLInputElement} */ (field).checked = kept.includes(field.value);
    else field.value = kept[0] ?? "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** @param {HTMLFormElement} form @param {() => void} discard */
function tell(form, discard) {
  const line = document.createElement("p");
  const button = document.createElement("button");
  line.className = "help row apart";
  line.setAttribute("role", "status");
  line.append(form.dataset.kept ?? "");
  button.type = "button";
  button.className = "button plain small";
  button.textContent = form.dataset.discard ?? "";
  button.addEventListener("click", () => {
    discard();
    line.remove();
  });
  line.append(button);
  form.prepend(line);
}

/** Drafts but those that were sent and led here: an answer that the server took. @returns {Record<string, Draft>} */
function unsaved() {
  if (document.querySelector(ASKS_WHO)) return shelf();
  const from = document.referrer ? new URL(document.referrer).pathname : "";
  const isSaved = (/** @type {string} */ path, /** @type {Draft} */ draft) => draft.sent && path === from && path !== location.pathname;
  return Object.fromEntries(Object.entries(shelf()).filter(([path, draft]) => !isSaved(path, draft)));
}

/** Forgets what was saved on the page before this one. */
export function settle() {
  put(unsaved());
}

/** @param {HTMLElement} element */
export function start(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const owner = form.dataset.visavisDraft ?? "";
  const place = location.pathname;
  const drafts = Object.fromEntries(Object.entries(unsaved()).filter(([, draft]) => draft.owner === owner));
  const served = read(form);
  const draft = drafts[place];
  // What she said before this script came is newer than any draft.
  const isSaid = (/** @type {any} */ field) => field.checked !== field.defaultChecked || field.value !== (field.defaultValue ?? field.value);
  const said = fields(form).some(isSaid);
  const isWrong = "visavisWrong" in form.dataset;
  // A page that takes an answer and stays the same page says that it took it.
  const isTaken = "visavisTaken" in form.dataset && draft?.sent;
  if (draft && !said && !isWrong && !isTaken && JSON.stringify(draft.values) !== JSON.stringify(served)) {
    drafts[place] = { ...draft, sent: false };
    write(form, draft.values);
    tell(form, () => {
      write(form, served);
      forget();
    });
  } else {
    delete drafts[place];
  }
  put(drafts);

  function forget() {
    const rest = shelf();
    delete rest[place];
    put(rest);
  }

  /** @param {boolean} sent */
  function keep(sent) {
    put({ ...shelf(), [place]: { owner, values: read(form), sent } });
  }
  if (said) keep(false);
  form.addEventListener("input", () => keep(false));
  form.addEventListener("submit", () => keep(true));
}
