// A planned talk is dragged to another day, or taken there with Alt and an arrow; the page's own
// form is sent, so the server shows what a move breaks before anything is saved.
const DAYS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export function enhance(months) {
  const form = document.querySelector("[data-plan-move]");
  if (!form) return;
  for (const month of months) listen(month, form);
}

function listen(month, form) {
  let moving = null;
  document.addEventListener("dragstart", (event) => {
    moving = event.target.closest?.("[data-planned]") ?? null;
    if (!moving) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", moving.dataset.planned);
    moving.classList.add("is-moving");
  });
  document.addEventListener("dragend", () => {
    moving?.classList.remove("is-moving");
    moving = null;
  });
  for (const cell of month.querySelectorAll("[data-day]")) {
    cell.addEventListener("dragover", (event) => {
      if (!moving) return;
      event.preventDefault();
      cell.classList.add("is-target");
    });
    cell.addEventListener("dragleave", () => cell.classList.remove("is-target"));
    cell.addEventListener("drop", (event) => {
      event.preventDefault();
      cell.classList.remove("is-target");
      if (moving) send(form, moving.dataset.planned, cell.dataset.day);
    });
  }
  month.addEventListener("keydown", (event) => {
    const talk = event.target.closest("[data-planned]");
    const step = event.altKey ? DAYS[event.key] : 0;
    if (!talk || !step) return;
    event.preventDefault();
    const there = reached(month, talk, step);
    if (there) send(form, talk.dataset.planned, there);
  });
}

// The next day of the month in that direction on which a talk can be put.
function reached(month, talk, step) {
  const from = new Date(`${talk.closest("td").querySelector("time").dateTime}T00:00Z`);
  for (let tries = 0; tries < 31; tries += 1) {
    from.setUTCDate(from.getUTCDate() + step);
    const day = from.toISOString().slice(0, 10);
    if (month.querySelector(`[data-day="${day}"]`)) return day;
  }
  return null;
}

function send(form, planned, day) {
  form.elements.planned.value = planned;
  form.elements.day.value = day;
  form.requestSubmit();
}
