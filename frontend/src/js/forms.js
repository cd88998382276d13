// A form is sent once, and says when leaving would lose what was typed.
import { htmx } from "./htmx.js";

const GIVE_UP_MS = 10_000; // a download leaves the page where it is; let it be asked for again

const buttonsOf = (form) => [...form.elements].filter((element) => element.type === "submit");

function lock(form) {
  form.setAttribute("aria-busy", "true");
  const waiting = buttonsOf(form).filter((button) => !button.disabled);
  waiting.forEach((button) => (button.disabled = true));
  return () => {
    form.removeAttribute("aria-busy");
    waiting.forEach((button) => (button.disabled = false));
  };
}

// Sent by the browser. The lock waits a moment, or the pressed button would not be sent along.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("aria-busy")) {
    event.preventDefault();
    return;
  }
  setTimeout(() => {
    if (event.defaultPrevented || form.target === "_blank") return;
    changed.delete(form);
    setTimeout(lock(form), GIVE_UP_MS);
  });
});

// Sent by htmx.
const locks = new WeakMap();
htmx.on("htmx:beforeSend", (event) => {
  const { elt, xhr } = event.detail;
  if (elt.matches("form")) locks.set(xhr, lock(elt));
});
htmx.on("htmx:afterRequest", (event) => {
  const { elt, xhr, successful } = event.detail;
  locks.get(xhr)?.();
  if (successful) changed.delete(elt.closest("form"));
});

const changed = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-guard]")) changed.add(form);
});
addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});
