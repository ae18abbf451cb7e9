// @ts-check
/** Goes on by itself where a page has nothing to ask; without this file its button does. */
const form = document.querySelector("form[data-going-on]");
if (form instanceof HTMLFormElement) form.requestSubmit();
