// Nothing that bears a mark of a state secret leaves the page: not typed, not pasted, not as a file.
import rules from "../../../../src/tanxin/core/markings/rules.json";
import { htmx } from "../htmx.js";
import { textsOf } from "./files.js";
import { screenOf } from "./screen.js";

const screen = screenOf(rules);
const stops = (text) => screen(String(text)).rule !== "";
const read = new WeakMap(); // file → whether it bears a mark; a promise until it is known
const SCREENED = "input:not([type=hidden],[type=checkbox],[type=radio],[type=button],[type=submit]), textarea";
let hintSeen = false;

// What is said, beside the field.

const placeOf = (control) => control.closest(".field") ?? control.closest("form") ?? control.parentElement;

function say(control, name) {
  const place = placeOf(control);
  if (!place) return;
  const shown = place.querySelector(":scope > [data-marking]");
  if (shown?.dataset.marking === name) return;
  shown?.remove();
  const words = name && document.getElementById(`marking-${name}`)?.content.firstElementChild;
  if (!words) return;
  const notice = words.cloneNode(true);
  notice.dataset.marking = name;
  place.append(notice);
}

function mark(control, stopped) {
  const words = document.getElementById("marking-stop")?.content.firstElementChild.dataset.short ?? "!";
  control.setCustomValidity?.(stopped ? words : "");
  if (stopped) control.setAttribute("aria-invalid", "true");
  else if (control.dataset.marked) control.removeAttribute("aria-invalid");
  control.dataset.marked = stopped ? "1" : "";
}

function look(control) {
  if (control.type === "file") return lookInto(control);
  const { rule, hint } = screen(control.value);
  mark(control, rule !== "");
  const quiet = hintSeen || ["password", "search"].includes(control.type);
  say(control, rule ? "stop" : hint && !quiet ? "hint" : "");
  return rule !== "";
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-marking-seen]")) hintSeen = true;
});

// While it is typed or chosen. In the capturing phase, so that nobody is told of it earlier.
for (const name of ["input", "change"]) {
  addEventListener(
    name,
    (event) => {
      if (event.target.matches?.(SCREENED)) look(event.target);
    },
    true,
  );
}

async function bears(file) {
  if (stops(file.name)) return true;
  for await (const text of textsOf(file)) if (stops(text)) return true;
  return false;
}

const known = (file) => read.get(file) === true || read.get(file) === false;

function lookInto(control) {
  for (const file of control.files) {
    if (!read.has(file)) read.set(file, bears(file).then((found) => (read.set(file, found), found)));
  }
  const files = [...control.files];
  const stopped = files.some((file) => read.get(file) === true);
  const reading = files.some((file) => !known(file));
  mark(control, stopped);
  say(control, stopped ? "stop" : reading ? "reading" : "");
  if (reading) Promise.all(files.map((file) => read.get(file))).then(() => lookInto(control));
  return stopped || reading;
}

// Before it leaves. What is in the page without having been typed is looked at here.

const bad = (value) => (value instanceof File ? value.name !== "" && read.get(value) !== false : stops(value));
const anyBad = (data) => [...data].some(([name, value]) => stops(name) || bad(value));

function show(form) {
  const controls = [...(form?.elements ?? [])].filter((control) => control.matches(SCREENED));
  const stopped = controls.filter((control) => look(control));
  stopped[0]?.focus();
  return stopped;
}

addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!anyBad(new FormData(form, event.submitter))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (show(form).length === 0) say(form.querySelector("button") ?? form, "stop");
    sendOnceRead(form, event.submitter);
  },
  true,
);

// A file that is still being looked through holds the form up; it goes on by itself.
async function sendOnceRead(form, submitter) {
  const files = [...new FormData(form)].map(([, value]) => value).filter((value) => value instanceof File && value.name);
  const waited = files.filter((file) => !known(file));
  if (waited.length === 0) return;
  await Promise.all(waited.map((file) => read.get(file)));
  if (form.isConnected && !anyBad(new FormData(form))) form.requestSubmit(submitter);
}

htmx.on("htmx:configRequest", (event) => {
  const { formData, unfilteredFormData, elt, path } = event.detail;
  if (!anyBad(formData) && !anyBad(unfilteredFormData) && !stops(decodeURIComponent(path))) return;
  event.preventDefault();
  show(elt.closest("form"));
});

// Scripts of ours that ask the server by themselves ask here first.
addEventListener("tanxin:leaving", (event) => {
  if (stops(event.detail)) event.preventDefault();
});
