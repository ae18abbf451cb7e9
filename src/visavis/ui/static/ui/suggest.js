// @ts-check
/** Offers what the server finds while one types (ARIA combobox with a list box). The plain input stays usable. */

const PAUSE_MS = 200;
let count = 0;

/** @typedef {{value: string, label: string, hint?: string}} Suggestion */

/** @param {HTMLElement} element */
export function start(element) {
  const input = /** @type {HTMLInputElement} */ (element);
  const into = /** @type {HTMLInputElement | null} */ (document.getElementById(input.dataset.visavisSuggestInto ?? ""));
  const list = document.createElement("ul");
  const spoken = document.createElement("p");
  const box = document.createElement("div");
  /** @type {Suggestion[]} */
  let found = [];
  let active = -1;
  let asked = new AbortController();
  /** @type {number | undefined} */
  let pause;

  box.className = "suggest";
  list.className = "suggest__list";
  list.id = `suggestions-${(count += 1)}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent?.trim() ?? "");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  input.replaceWith(box);
  box.append(input, list, spoken);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off",
  })) input.setAttribute(name, value);

  function close() {
    clearTimeout(pause);
    asked.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} index */
  function point(index) {
    active = index;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = list.children[index];
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} index */
  function choose(index) {
    input.value = found[index].label;
    if (into) into.value = found[index].value;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** @param {Suggestion} suggestion @param {number} index */
  function option(suggestion, index) {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.append(suggestion.label);
    if (suggestion.hint) {
      const hint = document.createElement("small");
      hint.append(suggestion.hint);
      item.append(hint);
    }
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => choose(index));
    return item;
  }

  function show() {
    list.replaceChildren(...found.map(option));
    list.hidden = found.length === 0;
    active = -1;
    input.setAttribute("aria-expanded", String(found.length > 0));
    input.removeAttribute("aria-activedescendant");
    const { none, one, many } = input.dataset;
    spoken.textContent = [none, one][found.length] ?? many?.replace("{n}", String(found.length)) ?? "";
  }

  async function ask() {
    asked.abort();
    asked = new AbortController();
    const url = new URL(input.dataset.visavisSuggest ?? "", location.href);
    url.searchParams.set("q", input.value.trim());
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" }, signal: asked.signal });
      if (!answer.ok) return close();
      found = (await answer.json()).results;
      show();
    } catch {
      // Asked again meanwhile, or no network: the plain input remains.
    }
  }

  input.addEventListener("input", () => {
    if (into) into.value = "";
    close();
    if (input.value.trim().length > 1) pause = setTimeout(ask, PAUSE_MS);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return found.length && input.value ? show() : undefined;
      const step = event.key === "ArrowDown" ? 1 : -1;
      point((active + step + found.length + (active < 0 && step < 0 ? 1 : 0)) % found.length);
    }
  });
}
