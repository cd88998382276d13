// Manners of htmx requests: say when it takes long, say in words when it failed, keep what was typed.
import { htmx } from "./htmx.js";
import { dropToast, showToast } from "./toasts.js";

const SLOW_AFTER_MS = 200;
const open = new Map();
const root = document.documentElement;

function started(xhr) {
  open.set(xhr, setTimeout(() => root.classList.add("is-loading"), SLOW_AFTER_MS));
}

function ended(xhr) {
  clearTimeout(open.get(xhr));
  open.delete(xhr);
  if (open.size === 0) root.classList.remove("is-loading");
}

htmx.on("htmx:beforeSend", (event) => started(event.detail.xhr));
htmx.on("htmx:afterRequest", (event) => ended(event.detail.xhr));

// A draft says in its own place that it was not saved; see the `draft` template tag.
const isDraft = (element) => element?.matches?.("[data-draft]");

function draftLost(element, name) {
  const isLoggedOut = name === "session" || name === "forbidden";
  element.textContent = isLoggedOut ? element.dataset.ended : element.dataset.lost;
  element.classList.add("is-lost");
}

function failed(name) {
  return (event) => {
    const { elt } = event.detail;
    if (isDraft(elt)) draftLost(elt, name);
    else showToast(name);
  };
}

htmx.on("htmx:sendError", failed("offline"));
htmx.on("htmx:timeout", failed("offline"));
htmx.on("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  const name = { 401: "session", 403: "forbidden", 404: "gone", 409: "changed", 429: "often" }[status] ?? "broken";
  failed(name)(event);
});
htmx.on("htmx:beforeOnLoad", (event) => {
  dropToast("offline");
  if (isDraft(event.detail.elt)) event.detail.elt.classList.remove("is-lost");
});
addEventListener("offline", () => showToast("offline"));
addEventListener("online", () => dropToast("offline"));

// After a refused form the reader, also the one who listens, is taken to the first mistake.
htmx.on("htmx:afterSettle", (event) => focusMistake(event.detail.elt));

focusMistake(document);

function focusMistake(place) {
  if (document.activeElement !== document.body && document.activeElement?.isConnected) {
    if (!place.contains(document.activeElement) || document.activeElement.matches("[aria-invalid=true]")) return;
  }
  place.querySelector("[aria-invalid=true]")?.focus();
}

// A page taken back from the browser's memory after logging out must not show anything.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
