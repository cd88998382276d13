// Asks the browser for a passkey and sends its answer with the form. Nothing of it is kept here.
import { whenPresent } from "./present.js";

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const known = (one) => ({ ...one, id: toBytes(one.id) });

function readable({ publicKey }) {
  const options = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: toBytes(options.user.id) };
  options.excludeCredentials = options.excludeCredentials?.map(known) ?? [];
  options.allowCredentials = options.allowCredentials?.map(known) ?? [];
  return { publicKey: options };
}

function writable(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const answered = parts.filter((name) => response[name]);
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(answered.map((name) => [name, toText(response[name])])),
  };
}

async function answer(form) {
  const options = readable(JSON.parse(form.dataset.options));
  return writable(await navigator.credentials[form.dataset.passkey](options));
}

function enhance(form) {
  const field = form.querySelector('input[name$="credential"]');
  const problem = form.querySelector("[data-passkey-problem]");
  form.addEventListener("submit", async (event) => {
    if (field.value) return;
    event.preventDefault();
    problem.hidden = true;
    try {
      field.value = JSON.stringify(await answer(form));
    } catch {
      problem.hidden = false;
      return;
    }
    form.requestSubmit();
  });
}

whenPresent("form[data-passkey]", (forms) => forms.forEach(enhance));
