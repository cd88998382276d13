import TomSelect from "tom-select/dist/esm/tom-select.complete.js";
import "tom-select/dist/css/tom-select.bootstrap5.css";
import "../css/select.css";

const pause = { loadThrottle: 250 };

/** Asks the door of markings/door.js, which cannot be imported here: a chunk imports no entry. */
const mayLeave = (text) =>
  dispatchEvent(new CustomEvent("tanxin:leaving", { detail: text, cancelable: true }));

/** `data-select-url` answers `?q=` with `[{"value": …, "text": …, "hint": …}]`. */
function remote(url) {
  return {
    ...pause,
    searchField: [],
    shouldLoad: (text) => text.length > 0 && mayLeave(text),
    load(text, done) {
      fetch(`${url}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? answer.json() : []))
        .then(
          (found) => {
            this.clearOptions(); // without search fields every earlier option would seem to fit
            done(found);
          },
          () => done(),
        );
    },
  };
}

function option(data, escape) {
  const hint = data.hint ? ` <small class="text-secondary">${escape(data.hint)}</small>` : "";
  return `<div>${escape(data.text)}${hint}</div>`;
}

/** Sends what was typed with the form where nobody was chosen, so that the answer can keep it. */
function keepTyped(select, box) {
  const kept = box.form?.elements.namedItem(box.dataset.typed ?? "");
  if (!(kept instanceof HTMLInputElement)) return;
  let typed = "";
  select.on("type", (text) => {
    if (text) typed = text;
  });
  select.on("item_add", () => {
    typed = "";
  });
  box.form.addEventListener("submit", () => {
    if (typed && !box.value) kept.value = typed;
  });
}

export function enhance(boxes) {
  for (const box of boxes) {
    const { selectUrl, none = "", placeholder } = box.dataset;
    const noResults = (_, escape) => `<div class="no-results">${escape(none)}</div>`;
    box.setAttribute("aria-hidden", "true"); // the new box takes over its label
    const select = new TomSelect(box, {
      ...(selectUrl ? remote(selectUrl) : {}),
      ...(placeholder ? { placeholder } : {}),
      maxOptions: 200,
      loadingClass: "is-asking", // "loading" is the bar at the edge of the page
      plugins: box.multiple ? ["remove_button"] : [],
      render: { option, no_results: none ? noResults : null },
    });
    keepTyped(select, box);
  }
}
