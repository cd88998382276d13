import { htmx } from "./htmx.js";

/**
 * Calls `then` with the elements that match, now and after every htmx swap; each element once.
 */
export function whenPresent(selector, then) {
  const seen = new WeakSet();
  const look = (root) => {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.push(root);
    const fresh = found.filter((element) => !seen.has(element));
    fresh.forEach((element) => seen.add(element));
    if (fresh.length) then(fresh);
  };
  look(document);
  htmx.on("htmx:load", (event) => look(event.detail.elt));
}
