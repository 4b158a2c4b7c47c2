// 点名 without a net: the answer waits on this phone with the moment it was said, and goes by itself.
//
// While the page stands its own form is sent again, photos and all. Closed, what was written of it
// (never photos: those stand on the page alone) goes with the next page that shows the roll call.
// Sent twice it is one: its key says so.

const SHELF = "roll-call:";
const owner = document.documentElement.dataset.owner || "";
const told = document.getElementById("answer-waits");

const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";
const hasPhotos = (form) => Array.from(form.querySelectorAll("input[type=file]")).some((one) => one.files.length);

function keep(form) {
  form.elements.said_at.value ||= new Date().toISOString();
  form.dataset.waits = "yes";
  if (told) told.hidden = false;
  const shelf = SHELF + location.pathname;
  try {
    if (hasPhotos(form)) return localStorage.removeItem(shelf);
    const fields = Array.from(new FormData(form)).filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
    localStorage.setItem(shelf, JSON.stringify({ owner, fields }));
  } catch {
    // Private windows may refuse storage; the page that stands still sends it.
  }
}

// Before the page's own listener, which stops what cannot be sent.
addEventListener("submit", (event) => {
  if (event.target.matches("form[data-sends-later]") && !navigator.onLine) keep(event.target);
}, true);

async function send(shelf) {
  let kept;
  try { kept = JSON.parse(localStorage.getItem(shelf)); } catch { return; }
  // Of somebody else who used this phone: theirs to send.
  if (!kept || kept.owner !== owner) return;
  const body = new FormData();
  for (const [name, value] of kept.fields) body.append(name, value);
  const answer = await fetch(shelf.slice(SHELF.length), { method: "POST", body, headers: { "X-CSRFToken": token() } });
  // Locked or logged out: it waits for whoever logs in again.
  if (answer.redirected && !answer.url.includes("done=1")) return;
  // What the office refuses (over, not asked) it refuses tomorrow, too.
  if (answer.ok || [404, 409, 422].includes(answer.status)) {
    localStorage.removeItem(shelf);
    location.assign(answer.ok ? answer.url : shelf.slice(SHELF.length));
  }
}

async function go() {
  // It stays on the shelf until the office has said that it came.
  if (document.querySelector("[data-answer-came]")) localStorage.removeItem(SHELF + location.pathname);
  if (!navigator.onLine) return;
  const waiting = document.querySelector("form[data-waits]");
  if (waiting) {
    waiting.requestSubmit();
    return;
  }
  for (const shelf of Object.keys(localStorage)) {
    if (shelf.startsWith(SHELF)) await send(shelf).catch(() => {});
  }
}
addEventListener("online", go);
go();
