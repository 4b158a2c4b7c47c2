// The desk beyond the shell: a case opens beside its list, the list loses what was done, the form
// of a caller opens over everything. Every one of these works without script too, as plain pages.

const pane = () => document.getElementById("case");
const list = () => document.getElementById("list-body");

// Which case is open, for the list and for a phone, where the list gives way to it.
function mark(path) {
  const work = document.querySelector(".work.split");
  if (!work || !list()) return;
  let found = null;
  for (const row of list().querySelectorAll(".row")) {
    const same = new URL(row.href).pathname === path;
    row.toggleAttribute("aria-current", same);
    if (same) { row.setAttribute("aria-current", "true"); found = row; }
  }
  work.toggleAttribute("data-open", path.includes("/cases/"));
  return found;
}

document.addEventListener("htmx:pushedIntoHistory", (event) => {
  const path = new URL(event.detail.path, location.href).pathname;
  const number = path.match(/\/cases\/(\d+)\//);
  mark(number ? path.slice(0, number.index) + number[0] : path);
});
// The address is pushed before the piece is there: its name is the page's once it stands.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target !== pane() || !location.pathname.includes("/cases/")) return;
  const heading = pane().querySelector("h1");
  if (heading) document.title = `${heading.textContent} · ${document.title.split(" · ").pop()}`;
});
// A list beside a case begins where that case stands in it.
const opened = list() && list().querySelector("[aria-current]");
if (opened && opened.offsetParent) opened.scrollIntoView({ block: "nearest" });

// A case that left its queue leaves the list; the next one is under the finger.
let following = null;
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const line = event.detail.target;
  if (!line || !line.id || !line.id.startsWith("row-")) return;
  const next = line.nextElementSibling || line.previousElementSibling;
  following = next && next.querySelector(".row");
});
document.addEventListener("htmx:afterSettle", () => {
  if (following && following.isConnected) following.focus({ preventScroll: false });
  following = null;
  const body = list();
  if (body && body.querySelector(".rows") && !body.querySelector(".row")) {
    const more = body.querySelector("#more a");
    if (more) more.click();
    // The list says what stands here when nothing waits; the case beside it and the focus stay.
    else htmx.ajax("GET", location.href, { target: "#list-body", select: "#list-body", swap: "outerHTML" });
  }
});

// The form of a caller, over whatever is open.
document.addEventListener("htmx:afterSwap", (event) => {
  const dialog = document.getElementById("intake");
  const target = event.detail.target;
  if (target && target.id === "intake-body" && dialog && !dialog.open) dialog.showModal();
});

// A call that was put aside goes on where it stood, number and all; 重新填 begins another.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, target } = event.detail;
  if (!target || target.id !== "intake-body") return;
  if (elt.matches("form, [data-forgets-draft]")) return;
  const begun = target.querySelector("form[data-touched]");
  if (!begun) return;
  event.preventDefault();
  document.getElementById("intake").showModal();
  begun.querySelector("[data-takes-focus]").focus();
});

function fillFrom(select) {
  const words = document.getElementById(select.closest("[data-templates]").dataset.templates);
  if (!select.value || !words) return;
  words.value = words.value.trim() ? `${words.value.trim()}\n${select.value}` : select.value;
  select.selectedIndex = 0;
  words.focus();
  words.dispatchEvent(new Event("input", { bubbles: true }));
}

// What neighbors may read follows the class until somebody writes it themselves.
function suggest(choice) {
  const summary = document.getElementById("deed_public_summary");
  const row = choice.closest("[data-where]");
  if (!summary || !row || summary.dataset.touched) return;
  summary.value = `${row.dataset.where} ${choice.dataset.summary}`.trim().slice(0, 60);
}

// A reason brings the words for it, until somebody writes their own.
function saidFor(reason) {
  const words = document.getElementById(reason.dataset.wordsFor);
  if (!words || (words.value.trim() && words.value !== words.dataset.said)) return;
  words.value = reason.dataset.words;
  words.dataset.said = reason.dataset.words;
}

// A kind brings the moment it is usually due, until somebody sets another.
function dueFor(kind) {
  const moment = document.getElementById(kind.dataset.dueIn);
  if (!moment || moment.value !== (moment.dataset.said || moment.defaultValue)) return;
  moment.value = moment.dataset.said = kind.dataset.due;
}

document.addEventListener("change", (event) => {
  if (event.target.dataset.dueIn) dueFor(event.target);
  if (event.target.dataset.wordsFor) saidFor(event.target);
  if (event.target.closest("[data-templates]")) fillFrom(event.target);
  if (event.target.dataset.summary) suggest(event.target);
});
document.addEventListener("input", (event) => {
  if (event.target.id === "deed_public_summary") event.target.dataset.touched = "yes";
});

// Enter after the number looks the caller up and goes on; it must not send half a form.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  const next = { call_phone: "call_name", call_name: "call_text", call_place_words: "call_kind_0" };
  if (event.target.id in next) {
    event.preventDefault();
    const field = document.getElementById(next[event.target.id]);
    if (field) field.focus();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print-page]")) print();
});

function begin(root) {
  for (const row of root.querySelectorAll("[data-templates]")) row.hidden = false;
  for (const button of root.querySelectorAll("[data-print-page], dialog [data-in-dialog]")) {
    button.hidden = false;
  }
}
document.addEventListener("htmx:load", (event) => begin(event.detail.elt));
begin(document);
// A page opened with a deed's form begins at the form; the words it answers stand in it again.
const form = document.getElementById("deed");
if (form) form.scrollIntoView({ block: "start" });

// A case opened without its list scrolls with the page: after a deed, what became of it is above.
document.addEventListener("htmx:afterSettle", (event) => {
  const shown = event.detail.target;
  if (shown.id === "case" && shown.getBoundingClientRect().top < 0) {
    shown.scrollIntoView({ block: "start" });
  }
});
