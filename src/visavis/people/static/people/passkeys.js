// @ts-check
/** Signs in with a passkey, gives it as a second factor, or adds one. The forms stay hidden where it cannot work. */

/** @param {string} text @returns {ArrayBuffer} */
function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0)).buffer;
}

/** @param {ArrayBuffer | null | undefined} buffer @returns {string | undefined} */
function text(buffer) {
  if (!buffer) return undefined;
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** @param {any[] | undefined} list */
const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

/** @param {any} options @param {boolean} alone @returns {Promise<object>} */
async function create(options, alone) {
  const asked = options.publicKey;
  const found = /** @type {any} */ (await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: known(asked.excludeCredentials),
      authenticatorSelection: {
        ...asked.authenticatorSelection,
        residentKey: alone ? "required" : "discouraged",
        requireResidentKey: alone,
        ...(alone ? { userVerification: "required" } : {}),
      },
    },
  }));
  return described(found, {
    attestationObject: text(found.response.attestationObject),
    transports: found.response.getTransports?.() ?? [],
  });
}

/** @param {any} options @returns {Promise<object>} */
async function get(options) {
  const asked = options.publicKey;
  const found = /** @type {any} */ (await navigator.credentials.get({
    publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) },
  }));
  return described(found, {
    authenticatorData: text(found.response.authenticatorData),
    signature: text(found.response.signature),
    userHandle: text(found.response.userHandle),
  });
}

/** @param {any} found @param {object} response */
const described = (found, response) => ({
  type: found.type,
  id: found.id,
  rawId: text(found.rawId),
  authenticatorAttachment: found.authenticatorAttachment ?? undefined,
  clientExtensionResults: found.getClientExtensionResults(),
  response: { clientDataJSON: text(found.response.clientDataJSON), ...response },
});

/** @param {HTMLFormElement} form @returns {Promise<any>} */
async function options(form) {
  const here = document.getElementById(form.dataset.options ?? "");
  if (here) return JSON.parse(here.textContent ?? "{}");
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`the site answered ${answer.status}`);
  return answer.json();
}

/** @param {HTMLFormElement} form */
async function use(form) {
  const wrong = /** @type {HTMLElement} */ (form.querySelector("[role=alert]"));
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("credential"));
  const alone = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("passwordless"));
  wrong.hidden = true;
  try {
    const given = await options(form);
    const found = form.dataset.passkey === "add"
      ? await create(given.creation_options, alone?.checked ?? false)
      : await get(given.request_options);
    field.value = JSON.stringify(found);
    form.submit();
  } catch (problem) {
    console.info("passkey:", problem);
    wrong.textContent = form.dataset.failed ?? "";
    wrong.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("[data-passkey]"))) {
    form.hidden = false;
    form.querySelector("button")?.addEventListener("click", () => use(form));
    form.addEventListener("submit", (event) => { event.preventDefault(); use(form); });
  }
}
