// Through a list without the mouse: j and k go down and up, Enter opens, x ticks.
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";

export function enhance() {
  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.defaultPrevented;
    if (!plain || event.target.closest?.(TYPING)) return;
    if (event.key === "j" || event.key === "k") go(event.key === "j" ? 1 : -1, event);
    if (event.key === "x") tick(event);
  });
}

function go(step, event) {
  const places = [...document.querySelectorAll("[data-rows] [data-row]")].map(place).filter(Boolean);
  const here = places.indexOf(document.activeElement);
  const there = places[here < 0 ? (step > 0 ? 0 : places.length - 1) : here + step];
  if (!there) return;
  event.preventDefault();
  there.focus();
  there.scrollIntoView({ block: "nearest" });
}

function place(row) {
  return row.querySelector("a[href], input[type=checkbox]");
}

function tick(event) {
  const box = event.target.closest?.("[data-row]")?.querySelector("input[type=checkbox]");
  if (!box || box === event.target) return;
  box.checked = !box.checked;
}
